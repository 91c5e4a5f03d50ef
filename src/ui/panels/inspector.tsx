/** The chosen node: its params with the right widgets, what it takes and gives, why it is stale, what it made. */
import { Suspense, useEffect, useId, useRef } from 'react';
import { choiceAt } from '../../graph/choices.ts';
import { renameNode } from '../../graph/edits.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import { isShown, parseParams } from '../../core/params.ts';
import { useApp, useFact } from '../app-context.ts';
import { Fence, LateFence } from '../fence.tsx';
import { NodeIcon } from '../icons.tsx';
import { useNodeFacts } from '../node-facts.ts';
import { part } from '../part.tsx';
import { isWritten } from '../placing.ts';
import { statusOf, whyAhead } from '../status.ts';
import { Param } from './param.tsx';
import { nameInWords } from '../graph-title.ts';
import { t, tell, tellAll, w } from '../../words/t.ts';
import { say } from '../../core/say.ts';
import './inspector.css';
import '../theme/param.css';

const NodeDetails = part(() => import('./node-details.tsx'));
const FailureOffers = part(() => import('./failure-offers.tsx'));
const GraphTags = part(() => import('./graph-tags.tsx'));
const SaveAsTemplate = part(() => import('./save-as-template.tsx'));
const SharedParamsForm = part(() => import('./shared-params-form.tsx'));
const MarkInspector = part(() => import('./mark-inspector.tsx'));
const ComponentInspector = part(() => import('./component-inspector.tsx'));

export function Inspector() {
  const { document, workspace } = useApp();
  const selection = useFact(workspace, (state) => state.selection);
  const marks = useFact(workspace, (state) => state.selectedMarks);
  const inside = useFact(document, (state) => state.path.length > 0);
  const [id] = selection;
  const exists = useFact(document, (state) => id !== undefined && state.board.nodes[id] !== undefined);
  if (selection.length + marks.length > 1)
    return (
      <>
        <p className="muted">
          {t(
            '{0} selected. Duplicate with Ctrl+D, frame with Ctrl+G, mute with M, arrange with L.',
            selection.length + marks.length,
          )}
        </p>
        <LateFence what={t('The params they share')}>
          {selection.length > 1 && <SharedParamsForm key={selection.join()} nodes={selection} />}
        </LateFence>
      </>
    );
  if (id && exists && !marks[0]) return <NodeInspector key={id} id={id} />;
  if (!inside && !marks[0]) return <GraphInspector />;
  return (
    <Suspense fallback={null}>
      {marks[0] ? <MarkInspector key={marks[0]} id={marks[0]} /> : <ComponentInspector />}
    </Suspense>
  );
}

const FACTS = [
  ['description', w('Description')],
  ['author', w('Author')],
  ['licence', w('Licence')],
] as const;

function GraphInspector() {
  const { document } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const readOnly = useFact(document, (state) => state.readOnly);
  const set = (key: 'description' | 'author' | 'licence') => (text: string) =>
    document.edit(say('Edit {0}', say(key)), (_, whole) => void (whole[key] = text), { mergeKey: `graph:${key}` });
  const ids = useId();
  return (
    <>
      <h2>{nameInWords(graph)}</h2>
      <p className="muted">
        {t(
          '{0} {0|node|nodes}, {1} {1|wire|wires}. Choose a node to change it.',
          Object.keys(graph.nodes).length,
          Object.keys(graph.wires).length,
        )}
      </p>
      {FACTS.map(([key, label]) => (
        <div className="param" key={key}>
          <div className="param__label">
            <label htmlFor={`${ids}-${key}`}>{t(label)}</label>
          </div>
          {key === 'description' ? (
            <textarea
              id={`${ids}-${key}`}
              className="field"
              rows={4}
              readOnly={readOnly}
              value={graph[key]}
              onChange={(event) => set(key)(event.target.value)}
            />
          ) : (
            <input
              id={`${ids}-${key}`}
              className="field"
              readOnly={readOnly}
              value={graph[key]}
              onChange={(event) => set(key)(event.target.value)}
            />
          )}
        </div>
      ))}
      <LateFence what={t('What else there is of the graph')}>
        <GraphTags />
        <SaveAsTemplate key={nameInWords(graph)} />
      </LateFence>
    </>
  );
}

/** In a node that was just added, or whose words are to be changed, the caret stands where they are written. */
function useFresh(id: NodeId, definition: NodeFace | undefined) {
  const { workspace } = useApp();
  const params = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (workspace.getState().fresh !== id || !isWritten(definition)) return;
    workspace.setState({ fresh: undefined });
    const text = params.current?.querySelector('textarea');
    text?.focus();
    const example = Object.values(definition?.params ?? {})[0]?.default;
    // What is typed takes the place of an example, and goes on from words of one's own.
    if (text?.value === example) text?.select();
    else text?.setSelectionRange(text.value.length, text.value.length);
  }, [id, definition, workspace]);
  return params;
}

function NodeInspector({ id }: { readonly id: NodeId }) {
  const { document, registry, runs } = useApp();
  const running = useFact(runs, (state) => state.running);
  const node = useFact(document, (state) => state.board.nodes[id])!;
  const { run, plan, flat } = useNodeFacts(id);
  const frozen = useFact(document, (state) => choiceAt(state.graph, flat).frozen !== undefined);
  const definition = registry.get(node.type);
  const params = useFresh(id, definition);
  if (!definition) {
    return (
      <>
        <h2>{t('Unknown node')}</h2>
        <p className="why">
          {t(
            '“{0}” is not part of this version of Triptych. It is kept exactly as it was, and branches that do not need it run.',
            node.type,
          )}
        </p>
      </>
    );
  }
  const { values } = parseParams(definition.params, node.params);
  const all = values as Readonly<Record<string, unknown>>;
  const visible = Object.entries(definition.params).filter(([, spec]) => isShown(spec, all));
  const reasons = whyAhead(plan);
  return (
    <>
      <h2 style={{ ['--layer' as string]: `var(--${definition.layer})`, color: 'var(--text)' }}>
        <span style={{ color: 'var(--layer)', display: 'inline-flex' }}>
          <NodeIcon type={node.type} layer={definition.layer} size={17} />
        </span>
        <input
          className="field topbar__title"
          aria-label={t('Name of this node')}
          value={node.title ?? definition.title}
          onChange={(event) =>
            document.edit(
              'Rename',
              (draft) => renameNode(draft, id, event.target.value === definition.title ? '' : event.target.value),
              { mergeKey: `title:${id}` },
            )
          }
        />
      </h2>
      <p className="muted">{t(definition.summary)}</p>
      {plan?.state === 'blocked' && <p className="why why--bad">{tellAll(plan.problems, ' ')}</p>}
      {run.outputs && reasons && <p className="why">{t('Will run again: {0}.', tellAll(reasons))}</p>}
      {statusOf(node, run, plan, running) === 'waiting' && (
        <p className="why">{t('It waits for a verdict: A accepts what arrived here, R rejects it.')}</p>
      )}
      {run.failure && plan?.state !== 'blocked' && (
        <div className="why why--bad">
          {tell(run.failure.message)} {run.failure.hint && tell(run.failure.hint)}
          <LateFence what={t('What can be done about it')}>
            <FailureOffers node={id} flat={flat} failure={run.failure} />
          </LateFence>
        </div>
      )}
      <div ref={params} className="params">
        {visible.map(([name, spec]) => (
          <Fence key={name} what={t(spec.label)} room="line">
            <Param
              node={id}
              definition={definition}
              name={name}
              spec={spec}
              value={all[name]}
              all={all}
              promoted={node.promoted?.includes(name) ?? false}
            />
          </Fence>
        ))}
      </div>
      {frozen && (
        <p className="why">
          {t('Frozen: this result is kept, whatever changes before it.')} <kbd>Shift+F</kbd> {t('lets it run again.')}
        </p>
      )}
      <LateFence what={t('What else there is of the node')}>
        <NodeDetails id={id} definition={definition} />
      </LateFence>
    </>
  );
}
