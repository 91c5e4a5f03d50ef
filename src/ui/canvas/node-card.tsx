/** One node on the canvas. Reads its own facts by id, so only changed cards draw again. */
import type { NodeProps } from '@xyflow/react';
import { Snowflake } from 'lucide-react';
import { memo, use, useEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import { choiceAt } from '../../graph/choices.ts';
import { componentIdOf } from '../../graph/component-type.ts';
import { inputsOf } from '../../graph/connect.ts';
import type { GraphNode } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import type { FileParam } from '../../core/params.ts';
import type { FileValue } from '../../core/values.ts';
import { useApp, useFact } from '../app-context.ts';
import { isReturning } from '../focus.ts';
import { NodeIcon } from '../icons.tsx';
import { pictureIn } from '../media.tsx';
import { FindingsContext } from '../findings.ts';
import { pictureOf, useNodeFacts } from '../node-facts.ts';
import { useLoaded } from '../loaded.ts';
import { isWritten } from '../placing.ts';
import { isStale, shownOutputs, statusOf, whyAhead } from '../status.ts';
import { duration, percent } from '../units.ts';
import { summaryOf } from '../summary.ts';
import { cardShape, writtenText, type CardShape } from './card-size.ts';
import { Socket } from './card-socket.tsx';
import { cardsOf, chosenMedia, isFed } from './shown-shapes.ts';
import { named, tipToStopAt } from '../widgets/tip.ts';
import { t, tell, tellAll } from '../../words/t.ts';
import './node-card.css';

/** What a card does not need to be drawn comes when it can; the card keeps its room. */
function late<M extends object>(bring: () => Promise<M>) {
  return function Late({ children }: { readonly children: (brought: M) => ReactNode }) {
    const brought = useLoaded(bring);
    return brought ? children(brought) : null;
  };
}
const LateHands = late(() => import('./card-hands.tsx'));
const LateMarks = late(() => import('./route-marks.tsx'));
const LatePicture = late(() => import('./card-picture.tsx'));
const LateText = late(() => import('./card-text.tsx'));

const STATES = {
  idle: '',
  queued: 'queued',
  running: '',
  done: '',
  cached: 'cached',
  failed: 'failed',
  skipped: 'skipped',
  waiting: 'waits for a verdict',
  muted: 'muted',
} as const;
const resting = (node: { readonly muted?: boolean; readonly off?: boolean }): string =>
  node.muted ? 'muted' : node.off ? 'off' : 'resting';

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
    status === 'running'
      ? percent(run.fraction)
      : status === 'done'
        ? run.ms > 4
          ? duration(run.ms)
          : ''
        : run.failure?.code === 'cap-reached' && status === 'failed'
          ? t('no take accepted')
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
      {!node.look?.collapsed && <CardBody {...{ id, node, definition, shape, title, status, stale }} />}
      {definition &&
        shape.inputs.map(({ id: socket, y }) => {
          const { kind, label, many } = inputsOf(definition, node)[socket]!;
          return <Socket key={socket} {...{ id, socket, y, kind, label, many }} side="target" />;
        })}
      {definition &&
        shape.outputs.map(({ id: socket, y }) => {
          const { kind, label } = definition.outputs[socket]!;
          return <Socket key={socket} {...{ id, socket, y, kind, label }} many side="source" />;
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

interface BodyProps {
  readonly id: NodeId;
  readonly node: GraphNode;
  readonly definition: NodeFace | undefined;
  readonly shape: CardShape;
  readonly title: string;
  readonly status: string;
  readonly stale: boolean;
}
function CardBody(body: BodyProps) {
  const { id, node, definition, shape, title } = body;
  if (!definition)
    return <p className="node__body node__summary">{t('Unknown node “{0}”, kept as it is.', node.type)}</p>;
  const { folds, controls } = shape;
  const set = controls.length > 0 && (
    <LateHands>{({ CardControls }) => <CardControls {...{ id, node, definition }} names={controls} />}</LateHands>
  );
  const fold = folds && <Fold id={id} of={title} isOpen={node.look?.unfolded ?? false} />;
  if (shape.picture !== undefined) return <PictureBody {...body} definition={definition} fold={fold} set={set} />;
  const text = writtenText(definition);
  return (
    <div className="node__body" style={{ height: shape.body }}>
      {text && shape.text !== undefined && (
        <LateText>
          {({ CardText }) => <CardText {...{ id, node, definition, ...text }} height={shape.text!} />}
        </LateText>
      )}
      {shape.hasRemark && <p className="node__remark">{summaryOf(definition, { ...node.params, [text!.name]: '' })}</p>}
      {!text && !set && (
        <div className="node__brief">
          <p className="node__summary">{summaryOf(definition, node.params)}</p>
          {fold}
        </div>
      )}
      {(set || (text && folds)) && (
        <div className="node__under">
          <span className="node__summary" />
          {fold}
        </div>
      )}
      {set}
    </div>
  );
}

/** The picture first, as wide as the card; what is folded, the takes and a file's foot below. */
function PictureBody({
  id,
  node,
  definition,
  shape,
  title,
  status,
  stale,
  fold,
  set,
}: BodyProps & { readonly definition: NodeFace; readonly fold: ReactNode; readonly set: ReactNode }) {
  const app = useApp();
  const { run, plan, flat } = useNodeFacts(id);
  const judged = useFact(app.runs, (state) => state.plan?.gates[flat]?.[0]?.node ?? flat);
  const outputs = shownOutputs(run, plan);
  const made = pictureIn(outputs);
  const chosen = chosenMedia(definition, node);
  const file = Object.values(outputs ?? {}).find((value): value is FileValue => value?.kind === 'file');
  const ofWire = isFed(app.document.getState().board, id) ? made : undefined;
  const picture = ofWire ?? chosen ?? made ?? (file ? pictureOf(app, id) : undefined);
  const place = fileParam(definition);
  return (
    <>
      <div className="node__picture" style={{ height: shape.picture }}>
        {picture ? (
          <LatePicture>{({ Pictured }) => <Pictured {...{ id, judged, stale, picture }} of={title} />}</LatePicture>
        ) : (
          <div className="node__preview" data-empty="true">
            {place && status !== 'running' && status !== 'queued' ? (
              <LateHands>{({ FilePlace }) => <FilePlace id={id} {...place} />}</LateHands>
            ) : (
              whyEmpty(status, run.note && tell(run.note))
            )}
          </div>
        )}
        {definition.request && (
          <LateMarks>
            {({ RouteMarks }) => <RouteMarks flat={flat} pinned={node.pinned} hash={picture?.hash} />}
          </LateMarks>
        )}
      </div>
      <div className="node__below" style={{ height: shape.body }}>
        {(fold || definition.request) && (
          <div className="node__under">
            {fold}
            <span className="node__summary">{summaryOf(definition, node.params)}</span>
            {definition.request && made && (
              <LatePicture>{({ TakeWalk }) => <TakeWalk judged={judged} of={title} shown={outputs} />}</LatePicture>
            )}
          </div>
        )}
        {set}
        {'file' in definition.outputs && (
          <LateHands>{({ FileFoot }) => <FileFoot file={file} stale={stale} />}</LateHands>
        )}
      </div>
    </>
  );
}

/** The param that holds the picture a node shows, where it holds one. */
function fileParam({ params }: NodeFace): { readonly name: string; readonly spec: FileParam } | undefined {
  for (const [name, spec] of Object.entries(params))
    if (spec.kind === 'file' && spec.accept !== 'lut') return { name, spec };
  return undefined;
}

const whyEmpty = (status: string, note: string | undefined): string => {
  if (status === 'running') return note ?? t('Working');
  return status === 'queued' ? t('Waiting for its turn') : t('Nothing yet');
};

function Fold({ id, of, isOpen }: { readonly id: NodeId; readonly of: string; readonly isOpen: boolean }) {
  return <LateHands>{({ FoldButton }) => <FoldButton {...{ id, of, isOpen }} />}</LateHands>;
}

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
