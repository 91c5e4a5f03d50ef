/**
 * Judging takes: accept, reject and take another, undo. A verdict is on disk before anything shows it, and verdicts are
 * written in order.
 */
import { chooseAt } from '../graph/choices.ts';
import { setParamAt } from '../graph/component.ts';
import { toFailure } from '../core/errors.ts';
import { newId, type NodeId, type RunId, type TakeId } from '../core/ids.ts';
import type { TakeRecord, Tier, Verdict } from '../core/take.ts';
import { loadPart } from '../load-part.ts';
import { madeTakes, untriedNumber } from '../routing/attempts.ts';
import { hintAt } from '../routing/produce.ts';
import { sharedTake } from '../routing/shared-take.ts';
import type { TakeCommands } from '../ui/commands.ts';
import { nodePlanOf, nodeRunOf, shownOutputs } from '../ui/status.ts';
import { takesNow } from '../ui/shown-takes.ts';
import type { Services } from './services.ts';
import { judgedBefore, rememberJudged } from './last-judged.ts';
import { notifyFailure } from './notify-failure.ts';
import type { StartRun } from './runner.ts';
import { whileStalled } from './stalled.ts';
import { tellViewOnly } from './view-only.ts';
import { t, w } from '../words/t.ts';
import { say } from '../core/say.ts';

export function createTakeCommands(
  { document, runs, desk, workspace, takes: takeStore, thread, reviewClock }: Services,
  startRun: StartRun,
  /** A person accepted a take of this node. */
  onAccepted: (node: NodeId) => void = () => {},
): Omit<TakeCommands, 'lockSeed'> {
  const slotTakes = (take: TakeRecord) =>
    desk.getState().takes.filter((other) => other.node === take.node && other.slot === take.slot);
  const takePlanOf = ({ node, slot }: TakeRecord) => {
    const takePlan = runs.getState().plan?.dispatched[node]?.takePlan;
    return takePlan?.slot === slot ? takePlan : undefined;
  };
  /** Of something else than the node is asked for now: a verdict on it changes the ledger, and nothing that is shown. */
  const isEarlier = ({ node, slot }: TakeRecord) => {
    const planned = runs.getState().plan?.dispatched[node]?.takePlan.slot;
    return takesNow(desk.getState().takes, node, planned)[0]?.slot !== slot;
  };
  /** The node shows this take from now on, while the graph gives the seed it gives now. */
  const show = (take: TakeRecord, label: string) => {
    const seed = takePlanOf(take)?.request.seed.seed;
    const choice = { slot: take.slot, number: take.number, id: take.id, ...(seed === undefined ? {} : { seed }) };
    document.edit(label, (_, whole) => chooseAt(whole, take.node, { take: choice }));
  };

  /** Says so where it is. */
  function isViewOnly(): boolean {
    const { readOnly } = document.getState();
    if (readOnly) tellViewOnly(workspace);
    return readOnly;
  }

  /** Verdicts in the order they were given: each begins when the one before is on disk, or was refused. */
  let last: Promise<unknown> = Promise.resolve();
  function inOrder(judge: () => Promise<boolean>): Promise<boolean> {
    const judged = last.then(judge);
    last = judged.catch(() => {});
    return judged;
  }

  /**
   * Writes new states of takes, all or none, then shows them. False when they could not be written: nothing changed
   * then, which is said.
   */
  async function keep(changed: readonly TakeRecord[], undo: readonly TakeRecord[] | undefined): Promise<boolean> {
    const answers = whileStalled(workspace);
    const kept = await thread()
      .call.judge(changed)
      .catch((thrown: unknown) => ({ ok: false as const, error: toFailure(thrown) }));
    answers();
    if (!kept.ok) {
      notifyFailure(workspace, t('The verdict was not kept, so nothing changed.'), kept.error);
      return false;
    }
    if (isOpen(changed[0]!)) {
      desk.noteTakes(changed);
      desk.setState({ lastJudged: undo });
    }
    rememberJudged(changed[0]!.graphId, undo, changed);
    return true;
  }
  /** As they were before the last verdict on this graph, here or in the visit before. */
  function lastJudged(): readonly TakeRecord[] | undefined {
    const { id } = document.getState();
    const { lastJudged: here, takes } = desk.getState();
    return here ?? (id && judgedBefore(id, takes));
  }
  const isOpen = ({ graphId }: TakeRecord) => document.getState().id === graphId;
  /** As it stands now: a verdict before this one may have changed it. */
  const current = (take: TakeRecord) => desk.getState().takes.find(({ id }) => id === take.id) ?? take;

  function verdict(take: TakeRecord, state: Verdict['state'], reason?: string): TakeRecord {
    return {
      ...take,
      verdict: {
        state,
        by: 'person',
        at: Date.now(),
        reviewMs: take.verdict.reviewMs + reviewClock.taken(take.id),
        ...(reason ? { reason } : {}),
      },
    };
  }

  /** Keeps a verdict; `reopened` stand open again in the same write. */
  async function judge(take: TakeRecord, after: TakeRecord, reopened: readonly TakeRecord[] = []): Promise<boolean> {
    const opened = reopened.map((other): TakeRecord => ({ ...other, verdict: { ...other.verdict, state: 'open' } }));
    const isKept = await keep([after, ...opened], [take, ...reopened]);
    if (isKept) moveOn();
    if (!isKept) reviewClock.giveBack(take.id, after.verdict.reviewMs - take.verdict.reviewMs);
    return isKept;
  }

  /** One accepted take for each deliverable: the one before it stands open again, in the same write. */
  async function accept(asked: TakeRecord, apart?: 'apart'): Promise<void> {
    if (!asked.artifact || isViewOnly()) return;
    const accepted = await inOrder(async () => {
      const take = current(asked);
      if (take.verdict.state === 'accepted' && take.verdict.by === 'person') return true;
      const before = slotTakes(take).filter((other) => other.id !== take.id && other.verdict.state === 'accepted');
      return judge(take, verdict(take, 'accepted'), before);
    });
    if (!accepted || apart || !isOpen(asked) || isEarlier(asked)) return;
    show(asked, w('Show the accepted take'));
    onAccepted(asked.node);
  }

  async function reject(asked: TakeRecord, reason: string, apart?: 'apart'): Promise<void> {
    if (isViewOnly()) return;
    const rejected = await inOrder(() => judge(current(asked), verdict(current(asked), 'rejected', reason)));
    if (rejected && !apart && isOpen(asked) && !isEarlier(asked)) await another(asked);
  }

  /** Why there is no other take is said until something else is judged. */
  let moveOn = (): void => {};
  /** The next take of a slot, if the cap and the seed leave one. */
  async function another(take: TakeRecord): Promise<void> {
    moveOn();
    const taken = slotTakes(take);
    const takePlan = takePlanOf(take);
    if (takePlan && madeTakes(taken) >= takePlan.cap) {
      const what = t('{0|The only take of this is|All {0} takes of this are} used.', takePlan.cap);
      moveOn = workspace.notifyUntil('info', what, t(hintAt('cap', takePlan)));
      return;
    }
    const beyondAll = Math.max(...taken.map((one) => one.number)) + 1;
    const number = takePlan ? untriedNumber({ ...takePlan, taken }) : beyondAll;
    if (number === undefined) {
      const what = t(
        'The seed is locked and the routing row has nobody else to ask, so another take would be the same picture.',
      );
      moveOn = workspace.notifyUntil('info', what, takePlan && t(hintAt('nobody', takePlan)));
      return;
    }
    document.edit(w('Another take'), (_, whole) => chooseAt(whole, take.node, { take: { slot: take.slot, number } }));
    // The take itself has another seed; those of other nodes are not touched.
    await startRun([take.node], 'as they are');
  }

  /**
   * The take of a picture that a node shows without having asked for it: another node did, or it came with the graph.
   */
  async function claim(node: NodeId): Promise<TakeRecord | undefined> {
    const state = runs.getState();
    const dispatched = state.plan?.dispatched[node];
    if (!dispatched?.key || document.getState().readOnly) return undefined;
    const artifact = shownOutputs(nodeRunOf(node)(state), nodePlanOf(node)(state))?.[dispatched.takePlan.output];
    if (artifact?.kind !== 'image' && artifact?.kind !== 'video') return undefined;
    const runId = state.runId ?? ('' as RunId);
    const facts = { id: newId<TakeId>('t'), at: Date.now(), runId, key: dispatched.key, artifact };
    const take = sharedTake(dispatched.takePlan, facts);
    return take && (await inOrder(() => keep([take], lastJudged()))) ? take : undefined;
  }

  return {
    accept,
    reject,
    another,
    claim,
    async undoVerdict(): Promise<void> {
      if (isViewOnly()) return;
      let back: readonly TakeRecord[] = [];
      moveOn();
      const undone = await inOrder(async () => {
        // The time it took to decide was spent, whatever is decided now.
        back = (lastJudged() ?? []).map((take) => ({
          ...take,
          verdict: { ...take.verdict, reviewMs: current(take).verdict.reviewMs },
        }));
        return back.length > 0 && keep(back, undefined);
      });
      if (back.length === 0) return workspace.notify('info', t('There is no verdict to undo.'));
      // The one that is accepted again, where there is one; else the one that was judged.
      const shown = back.find(({ verdict: { state } }) => state === 'accepted') ?? back[0]!;
      if (undone && isOpen(shown) && !isEarlier(shown)) show(shown, 'Undo verdict');
    },
    escalate(node: NodeId, tier: Tier): Promise<void> {
      document.edit(say('Escalate to {0}', say(tier)), (_, whole) => setParamAt(whole, node, 'tier', tier));
      return startRun([node], 'as they are');
    },
    async readPrompt(prompt, negative) {
      const { toldReading } = await loadPart(() => import('../sketch/told-reading.ts'));
      return toldReading(prompt, negative);
    },
    allTakes: () => takeStore.all(),
    refinements: () => takeStore.refinements(),
  };
}
