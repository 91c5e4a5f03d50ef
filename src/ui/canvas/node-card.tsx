/** One node on the canvas. Reads its own facts by id, so only changed cards draw again. */
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { Download, Snowflake, TriangleAlert } from 'lucide-react';
import {
  memo,
  use,
  useEffect,
  useRef,
  type CSSProperties,
  type MouseEvent as ReactMouseEvent,
  type TouchEvent as ReactTouchEvent,
} from 'react';
import { choiceAt } from '../../graph/choices.ts';
import { inputsOf } from '../../graph/connect.ts';
import { wiresInSocket, type GraphNode } from '../../graph/graph.ts';
import type { ArtifactHash, NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import { parseParams, type FileSetting } from '../../core/params.ts';
import type { FileValue } from '../../core/values.ts';
import { useApp, useFact } from '../app-context.ts';
import { isReturning } from '../focus.ts';
import { NodeIcon } from '../icons.tsx';
import { mediaOf } from '../file-choice.ts';
import { Media, pictureIn, useUrl } from '../media.tsx';
import { FindingsContext } from '../findings.ts';
import { pictureOf, useNodeFacts } from '../node-facts.ts';
import { useLoaded } from '../loaded.ts';
import { isWritten } from '../placing.ts';
import { isStale, shownOutputs, statusOf, whyAhead } from '../status.ts';
import { duration, fileSize, percent } from '../units.ts';
import { summaryOf } from '../summary.ts';
import { useTakeOf } from '../shown-takes.ts';
import { useQuickLook } from './quick-look.tsx';
import type { RouteMarked } from './route-marks.tsx';
import { takeUpWire } from './drawn-wires.ts';
import { cardShape, PREVIEW_HEIGHT, showsPicture } from './card-size.ts';
import { named, tip, tipToStopAt } from '../widgets/tip.ts';
import { t, tell, tellAll } from '../../words/t.ts';
import './node-card.css';

const bringRouteMarks = () => import('./route-marks.tsx');
/** A card is whole without them: they come when they can. */
function LateRouteMarks(marked: RouteMarked) {
  const marks = useLoaded(bringRouteMarks);
  return marks ? <marks.RouteMarks {...marked} /> : null;
}

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

export const NodeCard = memo(function NodeCard({ id: key, selected }: NodeProps) {
  const id = key as NodeId;
  const app = useApp();
  const { document, runs, registry, workspace } = app;
  const node = useFact(document, (state) => state.board.nodes[id]);
  const { run, plan, flat } = useNodeFacts(id);
  const frozen = useFact(document, (state) => choiceAt(state.graph, flat).frozen !== undefined);
  const running = useFact(runs, (state) => state.running);
  const finding = use(FindingsContext).get(flat);
  const card = useFocusWhenFresh(id, isWritten(registry.get(node?.type ?? '')));
  if (!node) return null;
  const definition = registry.get(node.type);
  const status = plan?.state === 'muted' && !running ? 'muted' : statusOf(node, run, plan, running);
  const stale = isStale(run, plan, running);
  const shape = cardShape(node, definition);
  const title = node.title ?? definition?.title ?? node.type;
  const picture = pictureIn(shownOutputs(run, plan));
  const file = Object.values(shownOutputs(run, plan) ?? {}).find((value): value is FileValue => value?.kind === 'file');
  const chosen = definition && chosenMedia(definition, node.params);
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
        <span className="node__title">{title}</span>
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
      <div className="node__body" style={{ height: shape.body }}>
        {!definition && <p className="node__summary">{t('Unknown node “{0}”, kept as it is.', node.type)}</p>}
        {definition && !showsPicture(definition) && (
          <>
            <Thumbnail hash={(stale ? (chosen ?? picture) : (picture ?? chosen))?.hash} of={title} />
            <p className="node__summary">{summaryOf(definition, node.params)}</p>
          </>
        )}
        {definition && showsPicture(definition) && (
          <Preview
            id={id}
            flat={flat}
            of={title}
            status={status}
            note={run.note && tell(run.note)}
            picture={chosen ?? picture ?? (file ? pictureOf(app, id) : undefined)}
            stale={stale}
          />
        )}
        {definition?.request && <LateRouteMarks flat={flat} pinned={node.pinned} hash={picture?.hash} />}
        {definition && 'file' in definition.outputs && <Foot file={file} stale={stale} />}
      </div>
      {run.failure && status === 'failed' && (
        <div className="node__error" role="alert">
          <button
            className="nodrag"
            type="button"
            {...tip(t('All of it is in the inspector'))}
            onClick={() => {
              workspace.select([id]);
              workspace.setState({ panel: 'inspector' });
            }}
          >
            <TriangleAlert size={13} aria-hidden />
            <span>
              {tell(run.failure.message)} {run.failure.hint && tell(run.failure.hint)}
            </span>
          </button>
        </div>
      )}
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

const socketInWords = (label: string, kind: string, optional: boolean): string =>
  optional ? t('{0} ({1}), can be left out', label, kind) : t('{0} ({1}), needed', label, kind);

const Socket = memo(function Socket({
  id,
  side,
  socket,
  y,
  kind,
  label,
  many,
  optional,
}: {
  readonly id: NodeId;
  readonly side: 'source' | 'target';
  readonly socket: string;
  readonly y: number;
  readonly kind: string;
  readonly label: string;
  readonly many: boolean;
  /** Of an input: the node works without it. */
  readonly optional: boolean;
}) {
  const { document } = useApp();
  /** The wire that is in an input for one is taken up with it; an input for many, or an empty one, begins a new wire. */
  const takeUp = (event: ReactMouseEvent | ReactTouchEvent) => {
    const { board, readOnly } = document.getState();
    const wire = readOnly || many ? undefined : wiresInSocket(board, { node: id, socket })[0]?.[0];
    const at = 'touches' in event ? event.touches[0] : event.button === 0 ? event : undefined;
    if (wire && at && takeUpWire(wire, at)) event.stopPropagation();
  };
  const edge = side === 'source' ? { right: 14, top: y - 12 } : { left: 14, top: y - 12 };
  return (
    <>
      <Handle
        id={socket}
        type={side}
        position={side === 'source' ? Position.Right : Position.Left}
        role="img"
        className={`socket socket--${kind} ${optional ? 'socket--optional' : ''}`}
        {...(side === 'target' && { onMouseDownCapture: takeUp, onTouchStartCapture: takeUp })}
        {...named(side === 'source' ? `${label} (${kind})` : socketInWords(label, kind, optional))}
        style={{ top: y, '--kind': `var(--k-${kind})` } as CSSProperties}
      />
      <span className="node__socket" style={edge} data-socket={socket}>
        {label}
      </span>
    </>
  );
});

/** The picture or clip that was chosen in a node, for one that brings it in or follows it. */
function chosenMedia(definition: NodeFace, params: GraphNode['params']): Shown | undefined {
  const name = Object.keys(definition.params).find((param) => {
    const spec = definition.params[param]!;
    return spec.kind === 'file' && spec.accept !== 'lut';
  });
  const setting = name === undefined ? undefined : parseParams(definition.params, params).values[name];
  return setting ? mediaOf(setting as FileSetting) : undefined;
}
function Thumbnail({ hash, of }: { readonly hash: ArtifactHash | undefined; readonly of: string }) {
  const url = useUrl(hash);
  return url && <img className="node__thumbnail" src={url} alt={t('Picture of {0}', of)} draggable={false} />;
}

interface PreviewProps {
  readonly id: NodeId;
  readonly flat: NodeId;
  readonly of: string;
  readonly status: string;
  readonly note: string | undefined;
  readonly stale: boolean;
}
type Shown = NonNullable<ReturnType<typeof pictureIn>>;
function Preview({ picture, ...rest }: PreviewProps & { readonly picture: Shown | undefined }) {
  if (picture) return <PicturePreview picture={picture} {...rest} />;
  return (
    <div className="node__preview" data-empty="true" style={{ height: PREVIEW_HEIGHT }}>
      {rest.status === 'running'
        ? (rest.note ?? t('Working'))
        : rest.status === 'queued'
          ? t('Waiting for its turn')
          : t('Nothing yet')}
    </div>
  );
}

function PicturePreview({ id, flat, of, picture, stale }: PreviewProps & { readonly picture: Shown }) {
  const { workspace, runs } = useApp();
  const judged = useFact(runs, (state) => state.plan?.gates[flat]?.[0]?.node ?? flat);
  const take = useTakeOf(judged, picture.hash);
  const card = useRef<HTMLButtonElement>(null);
  const { handlers, look } = useQuickLook(picture, of, card);
  return (
    <button
      ref={card}
      {...handlers}
      className="node__preview nodrag"
      type="button"
      data-stale={stale}
      style={{ height: PREVIEW_HEIGHT }}
      aria-label={t('View result of {0}', of)}
      onClick={() => workspace.setState({ viewing: { node: id, value: picture } })}
    >
      <Media value={picture} of={of} />
      {look}
      {take && take.verdict.state !== 'open' && (
        <span className="node__verdict" data-state={take.verdict.state}>
          {t(take.verdict.state)}
        </span>
      )}
    </button>
  );
}

function Foot({ file, stale }: { readonly file: FileValue | undefined; readonly stale: boolean }) {
  const { commands } = useApp();
  return (
    <div className="node__foot">
      <span {...tipToStopAt(file?.encoding)}>
        {file ? `${file.encoding.split(',')[0]} · ${fileSize(file.bytes)}` : t('Run to make the file')}
      </span>
      <button
        className="button nodrag"
        type="button"
        disabled={!file || stale}
        {...tip(t("With the graph inside; hold Shift for a client's copy without it"))}
        onClick={(event) => file && void commands.download(file, event.shiftKey)}
      >
        <Download size={13} aria-hidden /> {t('Download')}
      </button>
    </div>
  );
}
