/** One node on the canvas. Reads its own facts by id, so only changed cards draw again. */
import type { NodeProps } from '@xyflow/react';
import { Snowflake } from 'lucide-react';
import { memo, use, useEffect, useRef, type CSSProperties } from 'react';
import { choiceAt } from '../../graph/choices.ts';
import { componentIdOf } from '../../graph/component-type.ts';
import { inputsOf } from '../../graph/connect.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeRun } from '../../state/runs.ts';
import { useApp, useFact } from '../app-context.ts';
import { isReturning } from '../focus.ts';
import { NodeIcon } from '../icons.tsx';
import { FindingsContext } from '../findings.ts';
import { useNodeFacts } from '../node-facts.ts';
import { summaryOf } from '../summary.ts';
import { isWritten } from '../placing.ts';
import { isStale, statusOf, whyAhead } from '../status.ts';
import { duration, percent } from '../units.ts';
import { cardShape } from './card-size.ts';
import { Socket } from './card-socket.tsx';
import { late } from './late.tsx';
import { cardsOf } from './shown-shapes.ts';
import { named, tipToStopAt } from '../widgets/tip.ts';
import { t, tellAll } from '../../words/t.ts';
import './node-card.css';

const LateHands = late(() => import('./card-hands.tsx'));
const LateBody = late(() => import('./card-body.tsx'));

const STATES = {
  idle: '',
  queued: 'queued',
  cached: 'cached',
  skipped: 'skipped',
  waiting: 'waits for a verdict',
  muted: 'muted',
} as const;
const resting = (node: { readonly muted?: boolean; readonly off?: boolean }): string =>
  node.muted ? 'muted' : node.off ? 'off' : 'resting';

/** How far it is, how long it took, or what went wrong. */
function ofRun(status: 'running' | 'failed' | 'done', { fraction, ms, failure }: NodeRun): string {
  if (status === 'running') return percent(fraction);
  if (status === 'done') return ms > 4 ? duration(ms) : '';
  if (failure?.code === 'cap-reached') return t('no take accepted');
  return failure?.code === 'unknown' ? t('unknown') : t('failed');
}

export const NodeCard = memo(function NodeCard({ id: key, selected, width }: NodeProps) {
  const id = key as NodeId;
  const app = useApp();
  const { document, runs, registry, workspace } = app;
  const node = useFact(document, (state) => state.board.nodes[id]);
  const readOnly = useFact(document, (state) => state.readOnly);
  const { run, plan, flat } = useNodeFacts(id);
  const frozen = useFact(document, (state) => choiceAt(state.graph, flat).frozen !== undefined);
  const running = useFact(runs, (state) => state.running);
  const naming = useFact(workspace, (state) => state.naming === id);
  const finding = use(FindingsContext).get(flat);
  const card = useFocusWhenFresh(id, isWritten(registry.get(node?.type ?? '')));
  if (!node) return null;
  const definition = registry.get(node.type);
  const status = plan?.state === 'muted' && !running ? 'muted' : statusOf(node, run, plan, running);
  const stale = isStale(run, plan, running);
  // The canvas draws the card again when this changes, with another height.
  const shape = cardShape(node, definition, cardsOf(app).tall(id), width);
  const title = node.title ?? definition?.title ?? node.type;
  const reasons = whyAhead(plan);
  const why = reasons && tellAll(reasons);
  const isLater = status === 'idle' && plan?.state === 'later';
  const state =
    status === 'running' || status === 'failed' || status === 'done'
      ? ofRun(status, run)
      : t(isLater ? 'after a verdict' : status === 'muted' ? resting(node) : STATES[status]);

  return (
    <div
      ref={card}
      className="node"
      role="group"
      aria-label={title}
      tabIndex={0}
      data-node-type={node.type}
      data-node-id={id}
      data-status={status}
      data-selected={selected}
      data-off={node.off ?? false}
      data-colour={node.look?.colour}
      onFocus={(event) =>
        event.target === event.currentTarget &&
        event.currentTarget.matches(':focus-visible') &&
        !isReturning() &&
        workspace.select([id])
      }
      style={{ '--layer': `var(--${definition?.layer ?? 'text-3'})` } as CSSProperties}
    >
      <div className="node__head">
        <NodeIcon type={node.type} layer={definition?.layer} />
        {naming && !readOnly ? (
          <LateHands>{({ CardName }) => <CardName {...{ id, node, definition }} />}</LateHands>
        ) : (
          <span
            className="node__title"
            // A component is opened by a double click, and renamed by the key.
            onDoubleClick={() => !componentIdOf(node.type) && workspace.setState({ naming: id })}
          >
            {title}
          </span>
        )}
        {frozen && <Snowflake size={13} className="node__frozen" aria-label={t('Frozen')} role="img" />}
        {finding && (
          <span className="node__finding" role="img" aria-label={t('On the checklist')} {...tipToStopAt(finding)} />
        )}
        {stale ? (
          <span
            className="node__state--stale"
            role="img"
            tabIndex={0}
            {...named(t('Changed since it ran: {0}', why))}
          />
        ) : (
          <span className="node__state tabular">{state}</span>
        )}
      </div>
      {status === 'running' && <div className="node__bar" style={{ transform: `scaleX(${run.fraction})` }} />}
      {!node.look?.collapsed && (
        <LateBody
          until={
            definition &&
            shape.picture === undefined && (
              <p className="node__body node__summary">{summaryOf(definition, node.params)}</p>
            )
          }
        >
          {({ CardBody }) => <CardBody {...{ id, node, definition, shape, title, status, stale }} />}
        </LateBody>
      )}
      {definition &&
        shape.inputs.map(({ id: socket, y }) => {
          const { kind, label, many, optional } = inputsOf(definition, node)[socket]!;
          return <Socket key={socket} {...{ id, socket, y, kind, label, many, optional }} side="target" />;
        })}
      {definition &&
        shape.outputs.map(({ id: socket, y }) => {
          const { kind, label } = definition.outputs[socket]!;
          return <Socket key={socket} {...{ id, socket, y, kind, label }} many optional={false} side="source" />;
        })}
      {run.failure && status === 'failed' && (
        <LateHands>
          {({ CardFailure }) => (
            <CardFailure id={id} failure={run.failure!} foot={shape.picture === undefined ? 0 : shape.body} />
          )}
        </LateHands>
      )}
      {selected && !readOnly && <LateHands>{({ CardWidth }) => <CardWidth />}</LateHands>}
    </div>
  );
});

/** A node that was just added has the keyboard, unless it is in its inspector that it is written. */
function useFocusWhenFresh(id: NodeId, written: boolean) {
  const { workspace } = useApp();
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (written || workspace.getState().fresh !== id) return;
    workspace.setState({ fresh: undefined });
    card.current?.focus({ preventScroll: true });
  }, [id, written, workspace]);
  return card;
}
