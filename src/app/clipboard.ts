/**
 * Copy, cut, paste and duplicate. The system's clipboard carries nodes as text, so they go between graphs, tabs and
 * editors.
 */
import { adoption } from '../graph/adopt.ts';
import { insertOnWire, makeRoom, moveNodes, removeNodes, type BoardDraft } from '../graph/edits.ts';
import { adoptComponents, copyFragment, pasteFragment, type Fragment, type Pasted } from '../graph/fragment.ts';
import type { Point } from '../graph/graph.ts';
import type { FrameId, NodeId, NoteId, WireId } from '../core/ids.ts';
import { boundsOf, covers, middleOf, type Rect } from '../graph/rect.ts';
import { removeMarks } from '../graph/marks.ts';
import { componentIdOf } from '../graph/component-type.ts';
import { whyNotPlace } from '../graph/nesting.ts';
import { writeFragment } from '../file/fragment-text.ts';
import type { ClipboardCommands, IncomingCommands } from '../ui/commands.ts';
import type { EditingServices } from './services.ts';
import type { Reading } from './reading.ts';
import { t } from '../words/t.ts';

/** How far a copy lies from what it was copied from. */
const BESIDE: Point = { x: 48, y: 48 };

type AlsoEdit = (board: BoardDraft, pasted: Pasted) => void;

/** Beside where it was copied, or in the middle of what is seen when that is out of sight. */
function inView({ nodes, frames, notes }: Fragment, seen: Rect): Point {
  const bounds = boundsOf([
    ...Object.values(nodes).map(({ position }) => ({ ...position, width: 0, height: 0 })),
    ...[...Object.values(frames), ...Object.values(notes)].map(({ position, size }) => ({ ...position, ...size })),
  ]);
  if (!bounds) return BESIDE;
  const [there, here] = [middleOf({ ...bounds, x: bounds.x + BESIDE.x, y: bounds.y + BESIDE.y }), middleOf(seen)];
  return covers(seen, there) ? BESIDE : { x: BESIDE.x + here.x - there.x, y: BESIDE.y + here.y - there.y };
}

/**
 * Writes text to the clipboard; false when the browser refuses, or has none. Call it at once when a person asks: some
 * browsers
 * forget after the first wait that a person did, so a text that takes time is handed over as a promise.
 */
export async function putOnClipboard(text: string | Promise<string>): Promise<boolean> {
  try {
    if (typeof text === 'string' || typeof ClipboardItem === 'undefined')
      await navigator.clipboard.writeText(await text);
    else
      await navigator.clipboard.write([
        new ClipboardItem({ 'text/plain': text.then((ready) => new Blob([ready], { type: 'text/plain' })) }),
      ]);
    return true;
  } catch {
    return false;
  }
}

/** `takeText`: what becomes of a text that is no nodes. */
export function createClipboard(
  { document, registry, workspace }: EditingServices,
  reading: Reading,
  takeText: IncomingCommands['takeText'],
): ClipboardCommands {
  const chosen = () => ({ nodes: workspace.getState().selection, marks: workspace.getState().selectedMarks });
  const fragmentOf = (): Fragment | undefined => {
    const { nodes, marks } = chosen();
    const { board, graph } = document.getState();
    return nodes.length + marks.length > 0 ? copyFragment(board, graph.components, { nodes, marks }) : undefined;
  };
  function place(fragment: Fragment, label: string, offset: Point, also?: AlsoEdit): void {
    const pasted = document.edit(label, (board, graph) => {
      const added = pasteFragment(board, adoptComponents(graph.components, fragment), offset);
      also?.(board, added);
      return added;
    });
    if (pasted) workspace.select(pasted.nodes, pasted.marks);
  }
  /** A single node goes into the wire where it fits: between its two ends, which make room. */
  const intoWire =
    (wireId: WireId, step: number): AlsoEdit =>
    (board, { nodes: [id, ...others], marks }) => {
      const wire = board.wires[wireId];
      if (!wire || !id || others.length + marks.length > 0) return;
      const { from, to } = wire;
      const ends = [board.nodes[from.node]!.position, board.nodes[to.node]!.position] as const;
      const at = { x: ends[0].x + step, y: Math.round((ends[0].y + ends[1].y) / 2) };
      const where = board.nodes[id]!.position;
      moveNodes(board, { [id]: at });
      if (insertOnWire(board, registry, id, wireId)) makeRoom(board, to.node, at.x + step);
      else moveNodes(board, { [id]: where });
    };
  return {
    async copy(cut = false, into) {
      const fragment = fragmentOf();
      if (!fragment) return;
      const { id } = document.getState();
      const text = writeFragment(fragment);
      if (into) into.setData('text/plain', text);
      else if (!(await putOnClipboard(text))) {
        const hint = cut
          ? t('Nothing was cut. Allow this page the clipboard in the browser’s site settings, or press Ctrl+X.')
          : t('Allow this page the clipboard in the browser’s site settings, or press Ctrl+C.');
        return workspace.notify('bad', t('The browser did not let Triptych write to the clipboard.'), hint);
      }
      if (!cut || document.getState().id !== id) return;
      // What is cut is what was copied: with what a frame carries, whatever is chosen while a browser asks.
      document.edit('Cut', (board) => {
        removeNodes(board, Object.keys(fragment.nodes) as NodeId[]);
        removeMarks(board, [...Object.keys(fragment.frames), ...Object.keys(fragment.notes)] as (FrameId | NoteId)[]);
      });
      workspace.select([]);
    },
    async pasteText(text, { seen, wire, step }) {
      const { id } = document.getState();
      const read = await reading.fragment(text);
      if (document.getState().id !== id) return;
      if (!read.ok) return takeText(text, read.error);
      const { graph, path } = document.getState();
      const { fragment, dropped } = read.value;
      // Those of this graph it comes down to, also where the text only names them.
      const { idOf } = adoption(graph.components, fragment.components);
      const named = Object.values(fragment.nodes).flatMap(({ type }) => componentIdOf(type) ?? []);
      const own = new Set([...idOf.values(), ...named.map((id) => idOf.get(id) ?? id)]);
      const clash = [...own]
        .map((id) => (Object.hasOwn(graph.components, id) ? whyNotPlace(graph, path, id) : undefined))
        .find(Boolean);
      if (clash) return void workspace.notify('bad', clash, t('Nothing was pasted.'));
      place(fragment, 'Paste', inView(fragment, seen), wire && intoWire(wire, step));
      if (dropped.length)
        workspace.notify('info', t('Pasted, with {0} {0|thing|things} left out.', dropped.length), dropped);
    },
    duplicate() {
      const fragment = fragmentOf();
      if (fragment) place(fragment, 'Duplicate', BESIDE);
    },
  };
}
