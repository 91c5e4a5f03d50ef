/** Components in the inspector: what an instance offers, what is exposed from inside, the component itself. */
import { useReactFlow } from '@xyflow/react';
import { ClipboardList, LibraryBig, LogIn, PackageOpen, SquareArrowOutUpRight, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { isAsKept } from '../../graph/adopt.ts';
import { componentIdOf, typeOfComponent } from '../../graph/component-type.ts';
import { boardAt } from '../../graph/component.ts';
import {
  dropDeadWires,
  nameFace,
  toggleExposedInput,
  toggleExposedOutput,
  toggleExposedParam,
} from '../../graph/component-edits.ts';
import { inputsOf } from '../../graph/connect.ts';
import type { ComponentDraft } from '../../graph/edits.ts';
import { isInForm, toggleFormField } from '../../graph/form-fields.ts';
import type { Component } from '../../graph/graph.ts';
import type { ComponentId, NodeId } from '../../core/ids.ts';
import type { NodeDefinition } from '../../core/node.ts';
import { actionFor } from '../actions.ts';
import { useApp, useFact, type App } from '../app-context.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import './component-tools.css';
import '../theme/param.css';

/** The component the canvas shows; on the graph itself there is none. */
function openComponent({ document }: Pick<App, 'document'>): ComponentId | undefined {
  const { graph, path } = document.getState();
  return path.length ? componentIdOf(boardAt(graph, path.slice(0, -1))?.nodes[path.at(-1)!]?.type ?? '') : undefined;
}

/** Asks for a param from outside: on the component's instances, or on the graph's form. */
export function Exposure({
  node,
  name,
  label,
}: {
  readonly node: NodeId;
  readonly name: string;
  readonly label: string;
}) {
  const { document } = useApp();
  const inside = useFact(document, (state) => state.path.length > 0);
  const exposed = useFact(document, (state) =>
    inside
      ? Object.values((state.board as Component).params).some((one) => one.node === node && one.param === name)
      : isInForm(state.graph, node, name),
  );
  if (inside) {
    return (
      <button
        className="param__plug"
        type="button"
        aria-pressed={exposed}
        aria-label={t('Show {0} on the component', label)}
        {...tip(
          exposed ? t('Hide it on the component') : t('Show it on the component, so that each instance has its own'),
        )}
        onClick={() =>
          document.edit(exposed ? 'Hide on component' : 'Show on component', (board) =>
            toggleExposedParam(board as ComponentDraft, node, name),
          )
        }
      >
        <SquareArrowOutUpRight size={13} aria-hidden />
      </button>
    );
  }
  return (
    <button
      className="param__plug"
      type="button"
      aria-pressed={exposed}
      aria-label={t('Ask for {0} in the form', label)}
      {...tip(exposed ? t('Leave it out of the form') : t('Ask for it in the form'))}
      onClick={() =>
        document.edit(exposed ? 'Leave out of form' : 'Add to form', (_, whole) => toggleFormField(whole, node, name))
      }
    >
      <ClipboardList size={13} aria-hidden />
    </button>
  );
}

/** Inside a component: which sockets of this node the instances have. */
export function SocketTools({ id, definition }: { readonly id: NodeId; readonly definition: NodeDefinition }) {
  const app = useApp();
  const { document } = app;
  const inside = useFact(document, (state) => state.path.length > 0);
  const board = useFact(document, (state) => state.board) as Component;
  const node = board.nodes[id];
  if (!inside || !node) return null;
  const wires = Object.values(board.wires);
  const change = (label: string, recipe: (component: ComponentDraft) => void) => {
    const component = openComponent(app);
    document.edit(label, (draft, whole) => {
      recipe(draft as ComponentDraft);
      if (component) dropDeadWires(whole, component);
    });
  };
  const inputs = Object.entries(inputsOf(definition, node)).filter(
    ([socket, spec]) => spec.many || !wires.some(({ to }) => to.node === id && to.socket === socket),
  );
  return (
    <>
      <h3>{t('Sockets of the component')}</h3>
      <ul className="ticks">
        {inputs.map(([socket, { label }]) => {
          const end = { node: id, socket };
          const on = Object.values(board.inputs).some(({ to }) =>
            to.some((one) => one.node === id && one.socket === socket),
          );
          return (
            <li key={`in ${socket}`}>
              <label>
                <input
                  type="checkbox"
                  checked={on}
                  onChange={() =>
                    change(on ? 'Hide socket' : 'Show socket', (component) => toggleExposedInput(component, end))
                  }
                />{' '}
                {label} {t('in')}
              </label>
            </li>
          );
        })}
        {Object.entries(definition.outputs).map(([socket, { label }]) => {
          const end = { node: id, socket };
          const on = Object.values(board.outputs).some(({ from }) => from.node === id && from.socket === socket);
          return (
            <li key={`out ${socket}`}>
              <label>
                <input
                  type="checkbox"
                  checked={on}
                  onChange={() =>
                    change(on ? 'Hide socket' : 'Show socket', (component) => toggleExposedOutput(component, end))
                  }
                />{' '}
                {label} {t('out')}
              </label>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** An instance: open it, unpack it, keep its component for other graphs. */
export function InstanceTools({ id }: { readonly id: NodeId }) {
  const app = useApp();
  const flow = useReactFlow();
  const { document, commands, desk } = app;
  const component = useFact(document, (state) => componentIdOf(state.board.nodes[id]?.type ?? ''));
  const definition = useFact(document, (state) => component && state.graph.components[component]);
  const library = useFact(desk, (state) => state.library);
  const newest = library.filter((one) => one.id === component).at(-1);
  const asKept = useFact(document, (state) => newest !== undefined && isAsKept(state.graph.components, newest));
  if (!component || !definition) return null;
  return (
    <div className="tools">
      <button
        className="button"
        type="button"
        {...tip(t('Double click does it too'))}
        onClick={actionFor(app, flow, 'open-component').run}
      >
        <LogIn size={14} aria-hidden /> {t('Open')}
      </button>
      <button className="button" type="button" onClick={actionFor(app, flow, 'unpack-component').run}>
        <PackageOpen size={14} aria-hidden /> {t('Unpack')}
      </button>
      <button
        className="button"
        type="button"
        {...tip(t('So that other graphs can place it'))}
        onClick={() => void commands.keepComponent(component)}
      >
        <LibraryBig size={14} aria-hidden /> {t('Keep in library')}
      </button>
      {newest && newest.version > definition.version && (
        <button className="button button--primary" type="button" onClick={() => commands.takeComponent(newest)}>
          {t('Update to version {0}', newest.version)}
        </button>
      )}
      <p className="muted">
        {t('An instance of “{0}”.', definition.title)}{' '}
        {definition.version
          ? t(
              'Version {0} of the library{1}.',
              definition.version,
              newest && newest.version === definition.version && !asKept ? t(', changed here') : '',
            )
          : t('Only in this graph so far.')}
      </p>
    </div>
  );
}

/** Nothing chosen inside a component: its name, and what it shows. */
export function ComponentInspector() {
  const app = useApp();
  const { document, registry, commands } = app;
  const component = useFact(document, (state) => state.board) as Component;
  const readOnly = useFact(document, (state) => state.readOnly);
  const ids = useId();
  const id = openComponent(app);
  const shown = id && registry.get(typeOfComponent(id));
  const edit = (label: string, recipe: (draft: ComponentDraft) => void, mergeKey: string) =>
    document.edit(label, (draft) => recipe(draft as ComponentDraft), { mergeKey });
  const nameOf = (node: NodeId) =>
    component.nodes[node]?.title ?? registry.get(component.nodes[node]?.type ?? '')?.title ?? t('a node that is gone');
  const remove = (label: string, recipe: (draft: ComponentDraft) => void) => {
    document.edit(label, (draft, whole) => {
      recipe(draft as ComponentDraft);
      if (id) dropDeadWires(whole, id);
    });
  };
  const part = (side: 'inputs' | 'outputs' | 'params', title: string, whence: (name: string) => string) =>
    Object.keys(component[side]).length > 0 && (
      <>
        <h3>{title}</h3>
        <ul className="exposed">
          {Object.entries(component[side]).map(([name, { label: own }]) => {
            const label = shown?.[side][name]?.label ?? name;
            return (
              <li key={name}>
                <input
                  className="field"
                  aria-label={t('Name of {0}', label)}
                  placeholder={label}
                  value={own ?? ''}
                  onChange={(event) =>
                    edit('Rename', (draft) => nameFace(draft, side, name, event.target.value), `${side}:${name}`)
                  }
                />
                <span className="muted">{whence(name)}</span>
                <button
                  className="button button--quiet button--icon"
                  type="button"
                  aria-label={t('Hide {0}', label)}
                  {...tip(t('Hide it on the component'))}
                  onClick={() =>
                    remove('Hide on component', (draft) => {
                      const { [name]: _, ...others } = draft[side] as Record<string, never>;
                      draft[side] = others;
                    })
                  }
                >
                  <Trash2 size={13} aria-hidden />
                </button>
              </li>
            );
          })}
        </ul>
      </>
    );
  return (
    <fieldset className="bare" disabled={readOnly}>
      <h2>{t('Component')}</h2>
      <p className="muted">
        {t(
          'What is changed here changes every instance. Choose a node to show its params or sockets on the component.',
        )}
      </p>
      <div className="param">
        <div className="param__label">
          <label htmlFor={`${ids}-title`}>{t('Name')}</label>
        </div>
        <input
          id={`${ids}-title`}
          className="field"
          value={component.title}
          onChange={(event) =>
            edit('Rename component', (draft) => void (draft.title = event.target.value), 'component:title')
          }
        />
      </div>
      <div className="param">
        <div className="param__label">
          <label htmlFor={`${ids}-text`}>{t('What it is for')}</label>
        </div>
        <textarea
          id={`${ids}-text`}
          className="field"
          rows={3}
          value={component.description}
          onChange={(event) =>
            edit(
              'Describe component',
              (draft) => void (draft.description = event.target.value),
              'component:description',
            )
          }
        />
      </div>
      {part('inputs', t('Inputs'), (name) => component.inputs[name]!.to.map(({ node }) => nameOf(node)).join(', '))}
      {part('outputs', t('Outputs'), (name) => nameOf(component.outputs[name]!.from.node))}
      {part('params', t('Params'), (name) => nameOf(component.params[name]!.node))}
      <div className="tools">
        <button
          className="button"
          type="button"
          onClick={() => {
            if (id) void commands.keepComponent(id);
          }}
        >
          <LibraryBig size={14} aria-hidden /> {t('Keep in library')}
        </button>
      </div>
    </fieldset>
  );
}
