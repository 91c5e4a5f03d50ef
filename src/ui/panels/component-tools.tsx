/** An instance in the inspector, and which sockets of a node inside a component its instances have. */
import { useReactFlow } from '@xyflow/react';
import { LibraryBig, LogIn, PackageOpen } from 'lucide-react';
import { isAsKept } from '../../graph/adopt.ts';
import { componentIdOf } from '../../graph/component-type.ts';
import { dropDeadWires, toggleExposedInput, toggleExposedOutput } from '../../graph/exposing.ts';
import { inputsOf } from '../../graph/connect.ts';
import type { ComponentDraft } from '../../graph/edits.ts';
import type { Component } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import { actionFor } from '../actions.ts';
import { useApp, useFact } from '../app-context.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import { openComponent } from './open-component.ts';
import './component-tools.css';
import '../theme/param.css';

/** Inside a component: which sockets of this node the instances have. */
export function SocketTools({ id, definition }: { readonly id: NodeId; readonly definition: NodeFace }) {
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
