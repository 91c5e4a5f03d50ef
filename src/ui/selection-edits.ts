/** What is done to the selection: removed, moved, framed, made a component, frozen, judged. */
import { choiceAt, chooseAt, thawAt } from '../graph/choices.ts';
import { componentIdOf } from '../graph/component-type.ts';
import { disconnect, moveNodes, removeNodes } from '../graph/edits.ts';
import type { FrameId, NodeId, NoteId } from '../core/ids.ts';
import { addFrame, framesAround, moveMarks, removeMarks } from '../graph/marks.ts';
import type { TakeRecord } from '../core/take.ts';
import type { WorkspaceState } from '../state/workspace.ts';
import type { App } from './app-context.ts';
import { selectedItems } from './selected-items.ts';
import { arrange } from './canvas/layout.ts';
import { rectsOf, type ItemId } from './canvas/places.ts';
import { cardsOf } from './canvas/shown-shapes.ts';
import { judgedNode } from './judged-node.ts';
import { flatId, outputsOf } from './node-facts.ts';
import { isSettled, nodePlanOf, nodeRunOf, shownOutputs } from './status.ts';
import { meantTake, takesNow } from './shown-takes.ts';
import { t } from '../words/t.ts';

export function removeSelected({ document, workspace }: App): void {
  const { selection, selectedWires, selectedMarks } = workspace.getState();
  if (!selection.length && !selectedWires.length && !selectedMarks.length) return;
  document.edit('Delete', (draft) => {
    removeNodes(draft, selection);
    disconnect(draft, selectedWires);
    removeMarks(draft, selectedMarks);
  });
  workspace.select([]);
}

/** How long things glide to their new places, in milliseconds. */
const GLIDE_MS = 260;
/** Cards and wires glide where the next edit puts them. */
function gliding(edit: () => void): void {
  const stage = window.document.querySelector('.stage');
  stage?.setAttribute('data-gliding', 'true');
  edit();
  setTimeout(() => stage?.removeAttribute('data-gliding'), GLIDE_MS);
}
export async function arrangeNodes(app: App): Promise<void> {
  const { document, workspace } = app;
  const positions = await arrange(document.getState().board, cardsOf(app), workspace.getState().selection);
  gliding(() => document.edit('Arrange', (draft) => moveNodes(draft, positions)));
}

export function place(
  app: App,
  label: string,
  order: (rects: ReturnType<typeof rectsOf>) => Readonly<Record<string, { x: number; y: number }>>,
): void {
  const { document } = app;
  const rects = rectsOf(document.getState().board, cardsOf(app), selectedItems(app));
  if (Object.keys(rects).length < 2) return;
  gliding(() =>
    document.edit(label, (draft) => {
      const to = order(rects);
      moveNodes(draft, to);
      moveMarks(draft, to);
    }),
  );
}

/** Moves what is selected; steps in quick succession are one. */
export function nudge(app: App, way: 'left' | 'right' | 'up' | 'down', by: number): void {
  const { document } = app;
  const items = selectedItems(app);
  if (items.length === 0) return;
  const step = { left: { x: -by, y: 0 }, right: { x: by, y: 0 }, up: { x: 0, y: -by }, down: { x: 0, y: by } }[way];
  document.edit(
    'Move',
    (draft) => {
      const at = (id: ItemId) =>
        (draft.nodes[id as NodeId] ?? draft.frames[id as FrameId] ?? draft.notes[id as NoteId])!.position;
      const to = Object.fromEntries(items.map((id) => [id, { x: at(id).x + step.x, y: at(id).y + step.y }]));
      moveNodes(draft, to);
      moveMarks(draft, to);
    },
    { mergeKey: 'nudge' },
  );
}
/** Goes along a wire, and takes the focus with it. */
export function follow({ document, workspace }: App, near: 'from' | 'to', far: 'from' | 'to'): void {
  const [id] = workspace.getState().selection;
  const next = Object.values(document.getState().board.wires).find((wire) => wire[near].node === id)?.[far].node;
  if (!next) return;
  workspace.select([next]);
  focusCard(next);
}
/** Where a card is out of sight, and so is not drawn, the focus stays. */
export const focusCard = (id: NodeId): void =>
  window.document.querySelector<HTMLElement>(`[data-node-id="${CSS.escape(id)}"]`)?.focus();

export function frameSelected(app: App): void {
  const { document, workspace } = app;
  const { board } = document.getState();
  // What a chosen frame carries lies in it already.
  const items = selectedItems(app).filter(
    (id, _, all) => !framesAround(board, id).some((frame) => all.includes(frame)),
  );
  if (items.length === 0)
    return workspace.notify('info', t('Select the nodes a frame should carry, then press Ctrl+G.'));
  const id = document.edit('Frame', (draft) => addFrame(draft, 'Frame', rectsOf(board, cardsOf(app), items)));
  if (id) workspace.select([], [id]);
}

/** Keeps what the selected nodes show now, or lets them run again when all are frozen. */
export async function freezeSelected(app: App): Promise<void> {
  const { document, runs, workspace, commands } = app;
  const { board, graph } = document.getState();
  const nodes = workspace.getState().selection.filter((id) => board.nodes[id] && !componentIdOf(board.nodes[id].type));
  if (nodes.length === 0) return workspace.notify('info', t('Select a node whose result should be kept.'));
  if (nodes.every((id) => choiceAt(graph, flatId(app, id)).frozen)) {
    document.edit('Unfreeze', (_, whole) => nodes.forEach((id) => thawAt(whole, flatId(app, id))));
    return;
  }
  const made = nodes.flatMap((id) => {
    const outputs = outputsOf(graph, runs.getState(), flatId(app, id));
    return outputs ? [{ id, outputs }] : [];
  });
  if (made.length === 0)
    return workspace.notify('info', t('There is no result to keep yet.'), t('Run the node first.'));
  const keys = await Promise.all(made.map(({ outputs }) => commands.freeze(outputs)));
  if (keys.includes(undefined)) return;
  document.edit('Freeze', (_, whole) =>
    made.forEach(({ id }, at) => chooseAt(whole, flatId(app, id), { frozen: keys[at]! })),
  );
}

/**
 * Accepts the take of the chosen node, or at a gate the one that waits there, or asks why it is rejected: that takes
 * another, so it is for after a run.
 */
export async function judge(app: App, verdict: 'accept' | 'reject'): Promise<void> {
  const { workspace, runs, commands } = app;
  const [chosen] = workspace.getState().selection;
  if (!chosen) return;
  const id = judgedNode(runs.getState(), flatId(app, chosen));
  const isTooEarly = verdict === 'reject' && runs.getState().running;
  const take = isTooEarly ? 'at work' : await takeToJudge(app, id, workspace.getState().picked);
  if (take === 'at work') return workspace.notify('info', t('Takes are judged when the run has ended.'));
  if (!take) return workspace.notify('info', t('There is no picture to judge at this node.'));
  if (verdict === 'accept') return commands.accept(take);
  workspace.setState({ rejecting: take.id });
}

/** What a verdict at a generation node is about. A picture that another node asked for becomes its take. */
export async function takeToJudge(
  { desk, runs, commands }: App,
  id: NodeId,
  picked?: WorkspaceState['picked'],
): Promise<TakeRecord | 'at work' | undefined> {
  const state = runs.getState();
  const run = nodeRunOf(id)(state);
  if (state.running && !isSettled(run)) return 'at work';
  const { takes } = desk.getState();
  const shown = shownOutputs(run, nodePlanOf(id)(state));
  const slot = takesNow(takes, id, state.plan?.dispatched[id]?.takePlan.slot, shown);
  return meantTake(slot, id, shown, picked) ?? (await commands.claim(id));
}
