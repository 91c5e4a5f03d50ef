/** The chosen node: its params with the right widgets, what it takes and gives, why it is stale, what it made. */
import { useId, useState } from 'react';
import { choiceAt } from '../../graph/choices.ts';
import { renameNode } from '../../graph/edits.ts';
import type { NodeId } from '../../core/ids.ts';
import { parseParams } from '../../core/params.ts';
import { costKnown } from '../../ledger/receipt.ts';
import { useApp, useFact } from '../app-context.ts';
import { NodeIcon } from '../icons.tsx';
import { pictureIn } from '../media.tsx';
import { useNodeFacts } from '../node-facts.ts';
import { pinModel } from '../pin-model.ts';
import { shownOutputs } from '../status.ts';
import { duration } from '../units.ts';
import { useTakeOf } from '../shown-takes.ts';
import { ComponentInspector, InstanceTools, SocketTools } from './component-tools.tsx';
import { MarkInspector } from './mark-inspector.tsx';
import { NodeRoute } from './node-route.tsx';
import { Param } from './param.tsx';
import { TakeReceipt } from './take-receipt.tsx';
import { Wires } from './wires.tsx';
import { t, tell, tellAll, w } from '../../words/t.ts';
import { say } from '../../core/say.ts';
import './inspector.css';
import '../theme/param.css';

export function Inspector() {
  const { document, workspace } = useApp();
  const selection = useFact(workspace, (state) => state.selection);
  const marks = useFact(workspace, (state) => state.selectedMarks);
  const inside = useFact(document, (state) => state.path.length > 0);
  const [id] = selection;
  const exists = useFact(document, (state) => id !== undefined && state.board.nodes[id] !== undefined);
  if (selection.length + marks.length > 1)
    return (
      <p className="muted">
        {t(
          '{0} selected. Duplicate with Ctrl+D, frame with Ctrl+G, mute with M, arrange with L.',
          selection.length + marks.length,
        )}
      </p>
    );
  if (marks[0]) return <MarkInspector key={marks[0]} id={marks[0]} />;
  if (id && exists) return <NodeInspector key={id} id={id} />;
  return inside ? <ComponentInspector /> : <GraphInspector />;
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
      <h2>{graph.title}</h2>
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
      <SaveAsTemplate key={graph.title} />
    </>
  );
}

/** The graph as it is, for later graphs to begin with. */
function SaveAsTemplate() {
  const { commands, document } = useApp();
  const [title, setTitle] = useState(() => document.getState().graph.title);
  const [tags, setTags] = useState('');
  const ids = useId();
  return (
    <details className="aside">
      <summary>{t('Save as template')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void commands.saveTemplate({
            title: title.trim(),
            description: document.getState().graph.description,
            tags: tags
              .split(',')
              .map((tag) => tag.trim())
              .filter(Boolean),
          });
        }}
      >
        <div className="param">
          <div className="param__label">
            <label htmlFor={`${ids}-title`}>{t('Title of the template')}</label>
          </div>
          <input
            id={`${ids}-title`}
            className="field"
            required
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
        <div className="param">
          <div className="param__label">
            <label htmlFor={`${ids}-tags`}>{t('Tags')}</label>
          </div>
          <input
            id={`${ids}-tags`}
            className="field"
            placeholder={t('product, video')}
            value={tags}
            onChange={(event) => setTags(event.target.value)}
          />
        </div>
        <p className="param__help">
          {t('Its description is the graph’s; its picture is the last one the graph made.')}
        </p>
        <button className="button" type="submit">
          {t('Save as template')}
        </button>
      </form>
    </details>
  );
}

function NodeInspector({ id }: { readonly id: NodeId }) {
  const app = useApp();
  const { document, registry, runs } = app;
  const readOnly = useFact(document, (state) => state.readOnly);
  const node = useFact(document, (state) => state.board.nodes[id])!;
  const { run, plan, flat } = useNodeFacts(id);
  const shown = shownOutputs(run, plan);
  const take = useTakeOf(flat, pictureIn(shown)?.hash);
  const frozen = useFact(document, (state) => choiceAt(state.graph, flat).frozen !== undefined);
  const notes = useFact(runs, (state) => state.plan?.dispatched[flat]?.takePlan.resolution.usable[0]?.fit?.notes);
  const definition = registry.get(node.type);
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
  const visible = Object.entries(definition.params).filter(
    ([, spec]) => !spec.when || spec.when.is.includes(all[spec.when.param] as string),
  );
  const outputs = Object.values(shown ?? {});
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
      {(plan?.state === 'will run' || plan?.state === 'may run') && run.outputs && (
        <p className="why">{t('Will run again: {0}.', tellAll(plan.why))}</p>
      )}
      {run.failure && plan?.state !== 'blocked' && (
        <p className="why why--bad">
          {tell(run.failure.message)} {run.failure.hint && tell(run.failure.hint)}
          {node.pinned && !readOnly && (
            <button className="button" type="button" onClick={() => pinModel(app, id, undefined)}>
              {t('Unpin')}
            </button>
          )}
        </p>
      )}
      {visible.map(([name, spec]) => (
        <Param
          key={name}
          node={id}
          definition={definition}
          name={name}
          spec={spec}
          value={all[name]}
          all={all}
          promoted={node.promoted?.includes(name) ?? false}
        />
      ))}
      {frozen && (
        <p className="why">
          {t('Frozen: this result is kept, whatever changes before it.')} <kbd>Shift+F</kbd> {t('lets it run again.')}
        </p>
      )}
      <InstanceTools id={id} />
      <SocketTools id={id} definition={definition} />
      <h3>{t('Wires')}</h3>
      <Wires id={id} definition={definition} notes={notes} />
      <NodeRoute node={id} flat={flat} />
      {(take || outputs.length > 0) && <h3>{t('Last result')}</h3>}
      <dl className="facts tabular">
        {outputs.map((value) =>
          value?.kind === 'image' ? (
            <Fact key="image" name={t('Size')} value={`${value.width} × ${value.height}`} />
          ) : value?.kind === 'video' ? (
            <Fact
              key="video"
              name={t('Clip')}
              value={t('{0} × {1}, {2} {2|frame|frames} at {3}', value.width, value.height, value.frames, value.fps)}
            />
          ) : value?.kind === 'file' ? (
            <Fact key="file" name={t('File')} value={`${value.name}: ${value.encoding}`} />
          ) : value?.kind === 'aspect' ? (
            <Fact key="aspect" name={t('Planned size')} value={`${value.width} × ${value.height}`} />
          ) : null,
        )}
        {take && <Fact name={t('Made by')} value={t('{0} at {1}', take.answered.model, take.answered.provider)} />}
        {take && <Fact name={t('Seed used')} value={String(take.seed)} />}
        {take && <Fact name={t('Mode')} value={t(take.mode)} />}
        {take && <Fact name={t('Cost')} value={tell(costKnown(take))} />}
        {run.ms > 0 && <Fact name={t('Time')} value={duration(run.ms)} />}
      </dl>
      {take && <p className="muted">{t('Why this model: {0}.', take.why)}</p>}
      {take && (
        <details className="aside">
          <summary>{t('Receipt of this take')}</summary>
          <TakeReceipt take={take} />
        </details>
      )}
      <h3>{t('About this node')}</h3>
      <p className="muted">{t(definition.docs)}</p>
    </>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);
