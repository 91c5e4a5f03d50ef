/** Judging takes: accept, reject and take another, undo. A verdict is kept before anything else happens. */
import { chooseAt } from '../core/choices.ts';
import { setParamAt } from '../core/component.ts';
import type { NodeId } from '../core/ids.ts';
import type { TakeRecord, Tier, Verdict } from '../core/take.ts';
import { madeTakes, stepOf } from '../routing/attempts.ts';
import type { TakeCommands } from '../ui/commands.ts';
import type { Services } from './commands.ts';
import { t } from '../ui/words/t.ts';
import { say } from '../core/say.ts';

/** Longer than this nobody looks at one take; they went for coffee. */
const LONGEST_REVIEW_MS = 5 * 60_000;

export function createTakeCommands({ document, runs, desk, workspace, takes: books, thread }: Services, startRun: (targets: readonly NodeId[]) => Promise<void>): TakeCommands {
  let lastVerdictAt = 0;
  const slotTakes = (take: TakeRecord) => desk.getState().takes.filter((other) => other.node === take.node && other.slot === take.slot);
  const show = (take: Pick<TakeRecord, 'node' | 'slot'>, number: number, label: string) =>
    document.edit(label, (_, whole) => chooseAt(whole, take.node, { take: { slot: take.slot, number } }));

  async function keep(take: TakeRecord): Promise<void> {
    await thread().call.judge(take);
    desk.noteTakes([take]);
  }

  function verdict(take: TakeRecord, state: Verdict['state'], reason?: string): TakeRecord {
    const now = Date.now();
    const looked = Math.min(LONGEST_REVIEW_MS, Math.max(0, now - Math.max(lastVerdictAt, take.at + take.workedMs)));
    lastVerdictAt = now;
    return { ...take, verdict: { state, by: 'person', at: now, reviewMs: take.verdict.reviewMs + looked, ...(reason ? { reason } : {}) } };
  }

  /** One accepted take for each deliverable: the one before it stands open again. */
  async function accept(take: TakeRecord): Promise<void> {
    if (!take.artifact || document.getState().readOnly) return;
    desk.setState({ lastJudged: take });
    for (const other of slotTakes(take)) if (other.id !== take.id && other.verdict.state === 'accepted') await keep({ ...other, verdict: { ...other.verdict, state: 'open' } });
    await keep(verdict(take, 'accepted'));
    show(take, take.number, 'Accept take');
  }

  async function reject(take: TakeRecord, reason: string): Promise<void> {
    if (document.getState().readOnly) return;
    desk.setState({ lastJudged: take });
    await keep(verdict(take, 'rejected', reason));
    await another(take);
  }

  /** The next take of a slot, if the cap and the seed leave one. */
  async function another(take: TakeRecord): Promise<void> {
    const slot = slotTakes(take);
    const errand = runs.getState().plan?.dispatched[take.node]?.errand;
    const next = Math.max(...slot.map(({ number }) => number)) + 1;
    const cap = errand?.slot === take.slot ? errand.cap : Infinity;
    if (madeTakes(slot) >= cap) {
      workspace.notify('info', t('All {0} takes of this are used.', cap), t('Accept one on the Review page, change a control, or escalate the tier.'));
      return workspace.setState({ capped: take.node });
    }
    if (errand?.slot === take.slot && !stepOf(next, errand.request.seed, errand.resolution)) {
      workspace.notify('info', t('The seed is locked and the routing row has nobody else to ask, so another take would be the same picture.'), t('Unlock the seed, change a control, or escalate the tier.'));
      return workspace.setState({ capped: take.node });
    }
    show(take, next, 'Another take');
    await startRun([take.node]);
  }

  return {
    accept,
    reject,
    another,
    async undoVerdict(): Promise<void> {
      const before = desk.getState().lastJudged;
      if (!before) return workspace.notify('info', t('There is no verdict to undo.'));
      if (document.getState().readOnly) return;
      desk.setState({ lastJudged: undefined });
      await keep(before);
      show(before, before.number, 'Undo verdict');
    },
    escalate(node: NodeId, tier: Tier): Promise<void> {
      document.edit(say('Escalate to {0}', tier), (_, whole) => setParamAt(whole, node, 'tier', tier));
      workspace.setState({ capped: undefined });
      return startRun([node]);
    },
    allTakes: () => books.all(),
    refinements: () => books.refinements(),
  };
}
