/** Takes as the screens need them. */
import { useEffect } from 'react';
import { grouped } from '../core/grouped.ts';
import { inside } from '../graph/instance.ts';
import type { ArtifactHash, NodeId, TakeId } from '../core/ids.ts';
import { askedInOrder, type Measured, type TakeRecord } from '../core/take.ts';
import type { Outputs } from '../core/values.ts';
import type { WorkspaceState } from '../state/workspace.ts';
import { useApp, useFact } from './app-context.ts';
import { pictureIn } from './media.tsx';
import { w } from '../words/t.ts';

const takeWith = (takes: readonly TakeRecord[], node: NodeId, hash: ArtifactHash | undefined) =>
  hash === undefined ? undefined : takes.findLast((take) => take.node === node && take.artifact?.hash === hash);
/** The take a node shows. */
export const shownTake = (
  takes: readonly TakeRecord[],
  node: NodeId,
  outputs: Outputs | undefined,
): TakeRecord | undefined => takeWith(takes, node, pictureIn(outputs)?.hash);
export function useTakeOf(node: NodeId, hash: ArtifactHash | undefined): TakeRecord | undefined {
  const { desk } = useApp();
  return useFact(desk, (state) => takeWith(state.takes, node, hash));
}
/** The take of a node that was picked to be looked at, while it is the picture that is looked at. */
export function useLookedAt(node: NodeId): TakeRecord | undefined {
  const { desk, workspace } = useApp();
  const picked = useFact(workspace, (state) => state.picked);
  return useFact(desk, ({ takes }) => {
    if (!picked) return undefined;
    const take = takes.find(({ id }) => id === picked.take);
    if (!take?.artifact || take.node !== node) return undefined;
    // A newer one that was made since is what is to be seen.
    const newest = takes.findLast((other) => other.node === node && other.slot === take.slot);
    return newest?.id === picked.newest ? take : undefined;
  });
}
/**
 * The take that a verdict is about: the one that was picked, else the one the node shows, else the newest of the
 * deliverable. `slot`: its takes.
 */
export const meantTake = (
  slot: readonly TakeRecord[],
  node: NodeId,
  outputs: Outputs | undefined,
  picked?: WorkspaceState['picked'],
): TakeRecord | undefined =>
  (picked?.newest === slot.at(-1)?.id && slot.find(({ id }) => id === picked?.take)) ||
  (shownTake(slot, node, outputs) ?? slot.findLast((take) => take.artifact));
/**
 * Takes of the deliverable a node works on now, oldest first: of the one that is planned next, where it has any, else
 * of the one whose take it shows, else of the last: a row or a cell may have been made since.
 */
export function takesNow(
  takes: readonly TakeRecord[],
  node: NodeId,
  planned: string | undefined,
  shown?: Outputs,
): TakeRecord[] {
  const own = takesOfNode(takes, node);
  const isBegun = own.some(({ slot }) => slot === planned);
  const current = isBegun ? planned : (shownTake(own, node, shown) ?? own.at(-1))?.slot;
  return own.filter(({ slot }) => slot === current);
}
/** Answers may come in another order. */
const takesOfNode = (takes: readonly TakeRecord[], node: NodeId): TakeRecord[] =>
  takes.filter((take) => take.node === node).sort(askedInOrder);
/** What a node was asked for until now, each with its takes, in the order they began. */
export function slotsOf(takes: readonly TakeRecord[], node: NodeId) {
  const own = takesOfNode(takes, node);
  return [...grouped(own, ({ slot }) => slot)].map(([name, made]) => ({ name, takes: made }));
}

/** These takes are on screen now: the time a person looks at them counts as reviewing. */
export function useOnScreen(takes: readonly TakeRecord[]): void {
  const { reviewClock } = useApp();
  const ids = takes.map(({ id }) => id).join(' ');
  useEffect(() => (ids ? reviewClock.show(ids.split(' ') as TakeId[]) : undefined), [reviewClock, ids]);
}

export const REASONS = [
  w('Composition'),
  w('Light or colour'),
  w('Details wrong'),
  w('Not the subject'),
  w('Motion wrong'),
] as const;

/** What the newest take judged by an Acceptance node reached on one of its thresholds. */
export function useMeasured(acceptance: NodeId, threshold: string | undefined): Measured | undefined {
  const { desk, document } = useApp();
  const takes = useFact(desk, (state) => state.takes);
  const wires = useFact(document, (state) => state.board.wires);
  const path = useFact(document, (state) => state.path.join('/'));
  if (!threshold) return undefined;
  const judged = new Set(
    Object.values(wires)
      .filter((wire) => wire.from.node === acceptance)
      .map((wire) => inside(path, wire.to.node)),
  );
  return takes
    .findLast((take) => judged.has(take.node) && take.measures.length > 0)
    ?.measures.find((measured) => measured.measure === threshold);
}
