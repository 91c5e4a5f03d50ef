/**
 * What a job made and somebody deleted from its folder since: fetched again where the service still has it. Nothing is
 * made again here, and nothing paid.
 */
import { sameData } from '../../core/equal.ts';
import { said, say, type Sentence } from '../../core/say.ts';
import { answerTrouble } from '../../providers/answer-trouble.ts';
import { ServiceTrouble, type TroubleKind } from '../../providers/service-trouble.ts';
import type { JobTrouble } from '../../routing/job.ts';
import { usualServiceName } from '../../routing/service-names.ts';
import { notWritten } from './job-course.ts';
import type { JobFiles } from './job-files.ts';
import type { Job } from './journal.ts';
import { probe } from './probe.ts';
import { saidWithoutSecret, withoutSecret } from './secrets.ts';
import type { ServiceReach } from './service-reach.ts';

/** How long a service is asked where it lies. */
const ASK_MS = 60_000;
/** After these the service may well have it: it could not be asked for it now. */
const NOT_NOW: readonly TroubleKind[] = ['key', 'forbidden', 'billing', 'busy', 'broken', 'unreachable', 'lost'];

/** Why what was made is not there. */
export interface Deleted {
  /** The service does not have it either. */
  readonly isGone: boolean;
  readonly trouble: JobTrouble;
}

/** Nothing where the bytes of the job lie in their folder, or do again. */
export async function fetchAgain(job: Job, files: JobFiles, reach: ServiceReach): Promise<Deleted | undefined> {
  if (await files.hasOutput(job.id)) return undefined;
  const adapter = reach.find(job.request.provider);
  const name = say(adapter?.name ?? usualServiceName(job.request.provider));
  const key = adapter && reach.keyOf(adapter);
  try {
    await fetchInto(job, files, reach);
    return undefined;
  } catch (thrown) {
    const trouble = thrown instanceof ServiceTrouble ? thrown : notWritten(thrown);
    const isGone = !NOT_NOW.includes(trouble.kind) && !((trouble.facts.status ?? 0) >= 500);
    return { isGone, trouble: isGone ? goneAt(name) : notNowAt(name, said(saidWithoutSecret(trouble.said, key))) };
  }
}

async function fetchInto({ id, ref, request, result }: Job, files: JobFiles, reach: ServiceReach): Promise<void> {
  const adapter = reach.findReachable(request.provider);
  if (!adapter || reach.lacksKey(adapter))
    throw new ServiceTrouble('key', say('{0} is not set up', say(adapter?.name ?? usualServiceName(request.provider))));
  // What came with the answer is kept nowhere.
  if (!ref || !adapter.follow) throw answerTrouble('gone', adapter.name);
  const asking = reach.accessTo(adapter, AbortSignal.timeout(ASK_MS));
  const { output } = await adapter.follow(ref, { ...asking, report() {}, preview() {} }, request);
  // Fetching a long clip has a patience of its own.
  const fetching = reach.accessTo(adapter, new AbortController().signal);
  const bytes =
    'bytes' in output
      ? output.bytes
      : fetching.pieces({ to: output.url, ...(output.headers ? { headers: output.headers } : {}) });
  const media = await probe(await files.keepOutput(id, bytes), (text) => withoutSecret(text, reach.keyOf(adapter)));
  if (sameData(media, result?.media)) return;
  // Something else lies where it was.
  await files.tidy(id, false);
  throw answerTrouble('gone', adapter.name);
}

const goneAt = (name: Sentence): JobTrouble => ({
  kind: 'deleted',
  message: say('What {0} made was deleted from its folder on this computer, and {0} does not have it any more.', name),
  hint: say('What it cost stays booked. Another take is made, and paid for, when it is run again.'),
});
const notNowAt = (name: Sentence, why: Sentence): JobTrouble => ({
  kind: 'deleted',
  message: say(
    'What {0} made was deleted from its folder on this computer, and cannot be fetched again now: {1}',
    name,
    why,
  ),
  hint: say('It is paid for. Look again when {0} can be asked.', name),
});
