/** Takes that services were asked for: how far they are, and what a person decides where nobody knows. */
import { toFailure } from '../core/errors.ts';
import type { TakeId } from '../core/ids.ts';
import type { TakeRecord } from '../core/take.ts';
import { hasEnded, type JobView } from '../routing/job.ts';
import type { UnsettledCommands } from '../ui/commands.ts';
import { t } from '../words/t.ts';
import type { FollowSent } from './followed.ts';
import { wouldGoOnWith } from './gone-on-with.ts';
import { notifyFailure } from './notify-failure.ts';
import type { StartRun } from './runner.ts';
import type { Services } from './services.ts';
import { whenTold } from './when-told.ts';

export function createUnsettled(services: Services, startRun: StartRun, follow: FollowSent): UnsettledCommands {
  const { desk, document, runs, workspace, thread, gateway } = services;
  /** What a person decides at this moment. */
  const inHand = new Set<TakeId>();
  const byHand =
    (decide: (take: TakeRecord) => Promise<void>) =>
    async (take: TakeRecord): Promise<void> => {
      inHand.add(take.id);
      await decide(take).finally(() => inHand.delete(take.id));
    };
  /** Writes a take as it now stands; false when that was not possible, which is said. */
  async function write(take: TakeRecord): Promise<boolean> {
    const kept = await thread()
      .call.judge([take])
      .catch((thrown: unknown) => ({ ok: false as const, error: toFailure(thrown) }));
    if (!kept.ok) notifyFailure(workspace, t('This was not kept, so nothing changed.'), kept.error);
    else if (document.getState().id === take.graphId) {
      desk.noteTakes([take]);
      // What its node failed with was about how the take stood before.
      const last = desk.getState().takes.findLast(({ node }) => node === take.node);
      if (last?.id === take.id && take.failure) runs.failAs(take.node, take.failure);
    }
    return kept.ok;
  }
  async function asked(question: Promise<JobView | undefined>): Promise<JobView | undefined> {
    const job = await question;
    if (!job)
      workspace.notify(
        'bad',
        t('The local server of Triptych does not know this job.'),
        t('Start it where the job was sent from, with the same folder for its journal.'),
      );
    return job;
  }

  async function lookAgain(take: TakeRecord): Promise<void> {
    const job = await asked(gateway.lookAgain(take.id));
    if (!job) return;
    if (job.state === 'unknown')
      return workspace.notify('info', t('The service cannot say whether it has the job.'), t('It stays as it is.'));
    if (!(await putInWork(take))) return;
    // A run finds the job by the name of the take, and takes what it made. Of what the node asked for before it was
    // changed it would ask anew: that take is settled by itself.
    if (wouldGoOnWith(runs.getState().plan, take)) await startRun([take.node], 'as they are');
  }

  function putInWork(take: TakeRecord): Promise<boolean> {
    const { failure: _, ...rest } = take;
    return write({ ...rest, state: 'pending' });
  }
  /** It is followed as one that was left in work: nobody is asked for anything new. */
  whenTold(services, async (take) => {
    if (inHand.has(take.id) || !(await putInWork(take))) return;
    if (wouldGoOnWith(runs.getState().plan, take)) await follow([take.node], take.mode);
  });

  async function cancelTake(take: TakeRecord): Promise<void> {
    const job = await asked(gateway.cancel(take.id));
    // A run that waits for it hears of it, and writes it down.
    if (!job || runs.getState().running) return;
    if (job.state === 'made')
      return workspace.notify('info', t('It was made before it could be taken back.'), t('Run the graph to get it.'));
    const { state: _, ...rest } = take;
    const message = job.trouble?.message ?? t('Cancelled.');
    if (job.state === 'unknown') await write({ ...rest, state: 'unknown', failure: { code: 'unknown', message } });
    else if (hasEnded(job.state))
      await write({ ...rest, charged: job.charged, failure: { code: 'cancelled', message } });
  }

  async function lost(take: TakeRecord): Promise<boolean> {
    const job = await asked(gateway.countLost(take.id));
    if (!job) return false;
    const { state: _, ...rest } = take;
    const message = job.trouble?.message ?? t('Counted as lost.');
    return write({ ...rest, charged: job.charged, failure: { code: 'service', message } });
  }

  return {
    jobOf: ({ id }) => gateway.get(id).catch(() => undefined),
    previewOf: ({ id }) => gateway.preview(id).catch(() => undefined),
    cancelTake,
    lookAgain: byHand(lookAgain),
    countLost: byHand(async (take) => void (await lost(take))),
    replaceLost: byHand(async (take) => {
      if (await lost(take)) await startRun([take.node], 'as they are');
    }),
  };
}
