/** A take of which nobody knows whether the service made it: what a person can do about it from a command line. */
import { NodeError, toFailure } from '../core/errors.ts';
import type { Micros } from '../core/money.ts';
import { inWords } from '../core/say.ts';
import type { TakeRecord } from '../core/take.ts';
import { hasEnded, type JobView } from '../routing/job.ts';
import { usualServiceName } from '../routing/service-names.ts';
import { withHint } from './loaded-graph.ts';
import { dollarsIn } from './plan-graph.ts';
import { openServicesClient, type ServicesHost } from './services-client.ts';

type Print = (line: string) => void;

/** The three answers, as they are typed. `job`: of the take, where the job service knows it. */
export function sayWaysOn(take: TakeRecord, job: JobView | undefined, node: string, print: Print): void {
  const service = usualServiceName(take.answered.provider);
  const cost = take.estimated === null ? '' : ` It may have cost ${dollarsIn(take.estimated)}.`;
  print(`${node}: nobody knows whether ${service} made this take.${cost} It is not sent again by itself. You can:`);
  if (!job?.cannotBeAsked) print(`  look again          npm run triptych -- look ${take.id}`);
  print(`  count it as lost    npm run triptych -- lost ${take.id}`);
  print(`  take another        this command again, with --another ${take.id}`);
  if (job?.cannotBeAsked) print(`${service} cannot be asked for it: look in your account there, then decide.`);
}

export interface SettleOptions extends ServicesHost {
  /** `look`: asks the service once more. `lost`: it was not made; what it may have cost stays booked. */
  readonly command: 'look' | 'lost';
  readonly take: string;
}

/** Says what became of it, and returns the exit status: 0, or 1 where it is still not known, or was never there. */
export async function settleTake({ command, take, ...host }: SettleOptions): Promise<0 | 1> {
  const { print } = host;
  const opened = await openServicesClient(host).catch((thrown: unknown) => {
    if (!(thrown instanceof NodeError)) throw thrown;
    print(withHint(toFailure(thrown)));
  });
  if (!opened) return 1;
  const { client, close } = opened;
  try {
    const before = await client.get(take);
    if (!before) {
      print(`The journal of this computer has no take ${take}.`);
      return 1;
    }
    const isOpen = before.state === 'unknown';
    if (!isOpen && command === 'lost') {
      print(`It is known what became of it. ${stateInWords(before)}`);
      return 0;
    }
    if (before.cannotBeAsked && command === 'look') {
      const service = usualServiceName(before.provider);
      print(`${service} cannot be asked for it: look in your account there, then decide.`);
      return 1;
    }
    const now = (await (command === 'look' ? client.lookAgain(take) : client.countLost(take))) ?? before;
    print(stateInWords(now));
    return now.state === 'unknown' ? 1 : 0;
  } finally {
    await close();
  }
}

function stateInWords(job: JobView): string {
  const { state, charged, estimate, provider, trouble } = job;
  const service = usualServiceName(provider);
  if (state === 'made')
    return `${service} made it${costInWords(charged)}. Run the same command again to have it, without paying again.`;
  if (state === 'unknown' && trouble && trouble.kind !== 'lost')
    return `${withHint({ code: 'service', ...trouble })} It stays as it is.`;
  if (state === 'unknown') return `${service} cannot say whether it has it. It stays as it is.`;
  if (!hasEnded(state)) return `${service} has it and is at work on it. Run the same command again to wait for it.`;
  const why = trouble ? inWords(trouble.message) : `${service} made nothing.`;
  return `${why} Booked: ${dollarsIn(charged ?? estimate ?? (0 as Micros))}. The same command again takes another.`;
}

const costInWords = (charged: Micros | null): string => (charged === null ? '' : `, for ${dollarsIn(charged)}`);
