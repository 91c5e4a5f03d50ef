/**
 * Services whose gateway is killed while it has jobs there: the plainest there is, with and without a way to be asked
 * what it has, and those that people use, with their own adapters and their scripted servers.
 */
import type { Micros } from '../../src/core/money.ts';
import type { JobOrder } from '../../src/routing/job.ts';
import type { Double } from '../contract/double.ts';
import { startQueue } from '../contract/queue.ts';
import { orderOf } from '../rig/jobs.ts';
import { saysWhatIsNotThere, SERVICES } from '../rig/services.ts';

export interface KilledFamily {
  readonly name: string;
  /** It finds a job whose answer was lost; else nobody knows whether there is one. */
  readonly canLookUp: boolean;
  /** It says surely that it does not have a job; else nobody knows of one that never arrived. */
  readonly saysWhatIsNotThere: boolean;
  /** What a job that was made costs: what the service says, else what it was thought to cost. */
  readonly charged: number;
  /** Of each job, with its take's name in place of `{id}`: by that, whoever counts knows whose it was. */
  readonly order: JobOrder;
  start(): Promise<Double>;
  /** What a gateway finds it by. */
  environmentOf(double: Double): Record<string, string>;
}

export const ESTIMATE = 40_000;
const PROMPT = 'A lighthouse for {id}.';
/** In micro-dollars, where a service says another price than was thought. */
const CHARGED: Readonly<Record<string, number>> = { openai: 30_100 };

const queue = (canLookUp: boolean): KilledFamily => ({
  name: canLookUp ? 'queue' : 'queue that cannot be asked',
  canLookUp,
  saysWhatIsNotThere: canLookUp,
  charged: ESTIMATE,
  order: orderOf({ prompt: PROMPT }, ESTIMATE),
  async start() {
    const double = await startQueue();
    double.settings.questions = 3;
    return double;
  },
  environmentOf: ({ url }) => ({
    ADAPTER: 'queue',
    QUEUE_URL: url,
    QUEUE_KEY: 'key',
    CAN_LOOK_UP: canLookUp ? 'yes' : 'no',
  }),
});

/** Those whose jobs are made of words alone. */
const FAMILIES: readonly KilledFamily[] = [
  queue(true),
  queue(false),
  ...SERVICES.filter(({ request }) => !request.still).map(
    ({ adapter, name, start, environmentOf, request }): KilledFamily => ({
      name,
      canLookUp: adapter.lookup !== undefined,
      saysWhatIsNotThere: saysWhatIsNotThere(adapter),
      charged: CHARGED[adapter.id] ?? ESTIMATE,
      order: { request: { ...request, prompt: PROMPT }, estimate: ESTIMATE as Micros },
      start,
      environmentOf: (double) => ({ ...environmentOf(double), ADAPTER: adapter.id }),
    }),
  ),
];

/** Those whose name begins so. */
export const familiesCalled = (name: string): readonly KilledFamily[] =>
  FAMILIES.filter((family) => family.name.startsWith(name));
