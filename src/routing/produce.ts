/** From a request to a take. Today one provider can answer; tables, caps and prices will choose here among several. */
import { NodeError } from '../core/errors.ts';
import type { RunContext } from '../core/node.ts';
import type { RunMode, Take, TakeRequest } from '../core/take.ts';
import type { Provider } from './provider.ts';

export async function produce(request: TakeRequest, mode: RunMode, providers: readonly Provider[], ctx: Pick<RunContext, 'artifacts' | 'progress' | 'signal'>, now: () => number): Promise<Take> {
  const provider = providers.find((candidate) => candidate.work.includes(request.work));
  if (!provider) throw new NodeError('unsupported', `Nothing that is set up can do ${request.work}.`, { hint: 'Use another generation node.' });
  const started = now();
  const made = await provider.make(request, mode, ctx);
  return { ...made, provider: provider.id, mode, workedMs: Math.round(now() - started) };
}
