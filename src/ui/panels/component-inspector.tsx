/** The inspector of a component: what it is called, and what it shows outside. */
import { LibraryBig, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { typeOfComponent } from '../../graph/component-type.ts';
import { dropDeadWires, nameFace } from '../../graph/exposing.ts';
import type { ComponentDraft } from '../../graph/edits.ts';
import type { Component } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { useApp, useFact } from '../app-context.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import { openComponent } from './open-component.ts';
import './component-tools.css';
import '../theme/param.css';

/** Nothing chosen inside a component: its name, and what it shows. */
export default function ComponentInspector() {
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
