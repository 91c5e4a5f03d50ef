/**
 * The graph as a list, along its wires: for screen readers, and for anyone who would rather read it. Everything can be
 * changed here.
 */
import { Plus, Trash2, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { removeNodes, toggle } from '../../graph/edits.ts';
import { nodeIds, type Board } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { useApp, useFact } from '../app-context.ts';
import { useMadeOfInputs } from '../asked-next.ts';
import { titleOf } from '../connections.ts';
import { NodeIcon } from '../icons.tsx';
import { useNodeFacts } from '../node-facts.ts';
import { pictureIn } from '../media.tsx';
import { SmallCopy, WithSmallPictures } from '../small-pictures.tsx';
import { isStale, shownOutputs, statusOf } from '../status.ts';
import { summaryOf } from '../summary.ts';
import { Wires } from './wires.tsx';
import { useDrawnRows } from '../widgets/drawn-rows.tsx';
import { LiveStatus } from '../widgets/live-status.tsx';
import { tip } from '../widgets/tip.ts';
import { t, tell, tellAll } from '../../words/t.ts';
import './list-view.css';

/** In pixels: of a node with a few sockets, and between two nodes. */
const USUAL_HEIGHT = 168;
const GAP = 10;

export default function ListView() {
  const { document, registry, workspace } = useApp();
  const board = useFact(document, (state) => state.board);
  const readOnly = useFact(document, (state) => state.readOnly);
  const [words, setWords] = useState('');
  const order = useMemo(() => alongWires(board), [board]);
  const found = useMemo(() => {
    const wanted = words.toLowerCase().split(/\s+/);
    const textOf = (id: NodeId) =>
      `${titleOf(board, registry, id)} ${registry.get(board.nodes[id]!.type)?.title ?? ''}`.toLowerCase();
    return order.filter((id) => wanted.every((word) => textOf(id).includes(word)));
  }, [order, board, registry, words]);
  const list = useRef<HTMLOListElement>(null);
  const drawn = useDrawnRows({ list, scroller: '.listview', keys: found, usualHeight: USUAL_HEIGHT, gap: GAP });
  const { show } = drawn;
  const selected = useFact(workspace, (state) => state.selection[0]);
  // What was found in the graph, added or undone is brought into sight, as on the canvas.
  useEffect(() => {
    if (selected) show(selected);
  }, [selected, show]);
  const count = t('{0} {0|node|nodes}', found.length);
  return (
    <WithSmallPictures>
      <div className="listview">
        <div className="listview__tools">
          <input
            className="field"
            type="search"
            aria-label={t('Search this list')}
            placeholder={t('Search this list')}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <button
            className="button"
            type="button"
            disabled={readOnly}
            onClick={(event) => {
              const { left, bottom } = event.currentTarget.getBoundingClientRect();
              workspace.setState({ adding: { screen: { x: left, y: bottom + 4 }, flow: beside(board) } });
            }}
          >
            <Plus size={14} aria-hidden /> {t('Add a node')}
          </button>
          <LiveStatus className="muted" said={count}>
            {count}
          </LiveStatus>
        </div>
        <ol
          ref={list}
          aria-label={t('Nodes, along the wires')}
          data-long={drawn.isLong}
          style={{ gap: GAP, paddingBottom: drawn.skippedBelow }}
        >
          {drawn.rows.map(({ at, skipped }) => (
            <Item
              key={found[at]}
              id={found[at]!}
              readOnly={readOnly}
              at={at}
              of={found.length}
              skipped={skipped}
              rowRef={drawn.rowRef}
            />
          ))}
        </ol>
        {order.length === 0 && <p className="empty">{t('This graph is empty. Add a node to begin.')}</p>}
      </div>
    </WithSmallPictures>
  );
}

interface ItemProps {
  readonly id: NodeId;
  readonly readOnly: boolean;
  /** Its place among all that are listed, from 0, and how many these are. */
  readonly at: number;
  readonly of: number;
  /** How tall the items before it are that are not drawn, in pixels. */
  readonly skipped: number;
  readonly rowRef: ((item: HTMLElement | null) => void) | undefined;
}
function Item({ id, readOnly, at, of, skipped, rowRef }: ItemProps) {
  const { document, registry, runs, workspace } = useApp();
  const node = useFact(document, (state) => state.board.nodes[id]);
  const running = useFact(runs, (state) => state.running);
  const selected = useFact(workspace, (state) => state.selection.includes(id));
  const { run, plan, flat } = useNodeFacts(id);
  const madeOfInputs = useMadeOfInputs(flat);
  if (!node) return null;
  const definition = registry.get(node.type);
  const title = node.title ?? definition?.title ?? node.type;
  const picture = pictureIn(shownOutputs(run, plan));
  const status = node.off ? t('switched off') : statusOf(node, run, plan, running);
  return (
    <li
      ref={rowRef}
      className="listview__item"
      data-row={at}
      aria-posinset={at + 1}
      aria-setsize={of}
      data-selected={selected}
      style={{ ['--layer' as string]: `var(--${definition?.layer ?? 'text-3'})`, marginTop: skipped }}
    >
      <h2>
        <NodeIcon type={node.type} layer={definition?.layer} />
        <button
          type="button"
          aria-pressed={selected}
          {...tip(t('Its params are in the inspector'))}
          onClick={() => workspace.select([id])}
        >
          {title}
        </button>
      </h2>
      {picture && (
        <button
          className="listview__picture"
          type="button"
          aria-label={t('View result of {0}', title)}
          onClick={() => workspace.setState({ viewing: { node: id, value: picture } })}
        >
          <SmallCopy value={picture} />
        </button>
      )}
      <p className="muted">
        {definition
          ? `${definition.title === title ? '' : `${definition.title}, `}${t(definition.layer)}`
          : t('unknown node')}
        {status === 'idle' ? '' : `, ${t(status)}`}
        {isStale(run, plan, running) ? t(', changed since it ran') : ''}
        {plan?.state === 'blocked' ? `. ${tellAll(plan.problems, ' ')}` : ''}
        {run.failure ? `. ${tell(run.failure.message)}` : ''}
      </p>
      {definition && summaryOf(definition, node.params) && <p>{summaryOf(definition, node.params)}</p>}
      {definition && <Wires id={id} definition={definition} {...madeOfInputs} />}
      <div className="listview__buttons">
        <button
          className="button button--quiet"
          type="button"
          aria-label={node.muted ? t('Unmute {0}', title) : t('Mute {0}', title)}
          disabled={readOnly}
          onClick={() => document.edit('Mute', (draft) => toggle(draft, [id], 'muted'))}
        >
          {node.muted ? <Volume2 size={14} aria-hidden /> : <VolumeX size={14} aria-hidden />}
        </button>
        <button
          className="button button--quiet"
          type="button"
          aria-label={t('Delete {0}', title)}
          disabled={readOnly}
          onClick={() => document.edit('Delete', (draft) => removeNodes(draft, [id]))}
        >
          <Trash2 size={14} aria-hidden />
        </button>
      </div>
    </li>
  );
}

/** Nodes in the order work flows; those on a circle at the end. */
function alongWires(board: Board): NodeId[] {
  const ids = nodeIds(board).sort(
    (a, b) =>
      board.nodes[a]!.position.x - board.nodes[b]!.position.x ||
      board.nodes[a]!.position.y - board.nodes[b]!.position.y,
  );
  const waits = new Map<NodeId, number>(ids.map((id) => [id, 0]));
  const after = new Map<NodeId, NodeId[]>();
  for (const { from, to } of Object.values(board.wires)) {
    if (!waits.has(from.node) || !waits.has(to.node)) continue;
    waits.set(to.node, waits.get(to.node)! + 1);
    after.set(from.node, [...(after.get(from.node) ?? []), to.node]);
  }
  const order = new Set(ids.filter((id) => waits.get(id) === 0));
  for (const id of order) {
    for (const next of after.get(id) ?? []) {
      waits.set(next, waits.get(next)! - 1);
      if (waits.get(next) === 0) order.add(next);
    }
  }
  return [...order, ...ids.filter((id) => !order.has(id))];
}
/** Room for a new node, to the right of all others. */
function beside(board: Board): { x: number; y: number } {
  const all = Object.values(board.nodes);
  return { x: all.reduce((right, { position }) => Math.max(right, position.x + 280), 0), y: all[0]?.position.y ?? 0 };
}
