/**
 * Luma's two services at one address: Dream Machine as its own client has it, and the Agents API as its documentation
 * has it. Each takes keys of its own, and pictures its own way.
 */
import { isRecord, type Loose } from '../../src/core/loose.ts';
import { startDouble, type Answered, type Double, type Route } from './double.ts';
import { madePicture } from './made-picture.ts';

/** How a generation goes: one for each question, the last one stays. */
export interface GenerationStep {
  readonly state: 'queued' | 'dreaming' | 'processing' | 'completed' | 'failed';
  readonly failure_reason?: string;
  readonly failure_code?: string;
}
export interface LumaDouble extends Double {
  readonly base: string;
  nextGoes(...steps: readonly GenerationStep[]): void;
  readonly orders: readonly { readonly at: string; readonly input: Loose }[];
}
export const AGENTS_KEY = 'luma-api-test';
export const DREAM_MACHINE_KEY = 'luma-test';

export async function startLuma({
  agents = AGENTS_KEY,
  dreamMachine = DREAM_MACHINE_KEY,
}: { readonly agents?: string; readonly dreamMachine?: string } = {}): Promise<LumaDouble> {
  const orders: LumaDouble['orders'][number][] = [];
  const generations = new Map<
    string,
    { readonly at: string; readonly input: Loose; readonly course: GenerationStep[] }
  >();
  let course: readonly GenerationStep[] = [{ state: 'queued' }, { state: 'dreaming' }, { state: 'completed' }];

  const withKey =
    (keys: readonly string[], answer: Route['answer']): Route['answer'] =>
    (asked, match) =>
      keys.some((key) => asked.headers.authorization === `Bearer ${key}`)
        ? answer(asked, match)
        : { status: 401, body: { detail: 'Not authenticated' } };
  const problem = (detail: string): Answered => ({ status: 422, body: { detail } });

  function begin(at: string, input: Loose): Answered {
    const id = `${at === 'agents' ? 'agents' : 'dream'}-${generations.size + 1}`;
    generations.set(id, { at, input, course: [...course] });
    orders.push({ at, input });
    return { status: 201, body: view(id) };
  }
  function view(id: string, step: GenerationStep = { state: 'queued' }): Loose {
    const { at, input } = generations.get(id)!;
    const url = `${double.url}/made/${id}`;
    const isDone = step.state === 'completed';
    const common = { id, model: input['model'], created_at: '2026-11-27T12:00:00Z', failure_reason: null };
    if (at === 'agents')
      return { ...common, failure_code: null, ...step, type: input['type'], output: isDone ? [{ url }] : [] };
    const kind = at === 'image' ? 'image' : 'video';
    return { ...common, ...step, generation_type: kind, request: input, assets: isDone ? { [kind]: url } : null };
  }
  /** A picture that the Agents API is given: an address, or bytes and their kind. */
  const isPicture = (value: unknown) =>
    isRecord(value) &&
    ('url' in value
      ? !('data' in value)
      : typeof value['data'] === 'string' && String(value['media_type']).startsWith('image/'));
  function asAgents(input: Loose): Answered {
    const { prompt, type, source, image_ref: refs = [], video } = input;
    if (typeof prompt !== 'string' || prompt === '') return problem('prompt');
    if (!['image', 'image_edit', 'video'].includes(String(type))) return problem('type');
    const { start_frame: start, end_frame: end, duration } = isRecord(video) ? video : {};
    const given = [source, ...(refs as unknown[]), start, end].filter((one) => one !== undefined);
    if (!given.every(isPicture)) return problem('picture');
    if (type === 'image_edit' && !source) return problem('source');
    if ((start ?? end) && duration === '10s') return problem('duration');
    return begin('agents', input);
  }
  function asDreamMachine(at: string, input: Loose): Answered {
    if (!/^(ray|photon)-/.test(String(input['model']))) return problem('model');
    if (JSON.stringify(input).includes('base64')) return problem('Pictures are addresses.');
    return begin(at, input);
  }

  const both = [agents, dreamMachine];
  const inputOf = (json: unknown) => (isRecord(json) ? json : {});
  const double = await startDouble(() => [
    {
      method: 'POST',
      path: /^\/v1\/generations$/,
      at: 'submit',
      answer: withKey([agents], ({ json }) => asAgents(inputOf(json))),
    },
    {
      method: 'POST',
      path: /^\/v1\/generations\/(image|video)$/,
      at: 'submit',
      answer: withKey([dreamMachine], ({ json }, [, at = '']) => asDreamMachine(at, inputOf(json))),
    },
    {
      method: 'GET',
      path: /^\/v1\/generations$/,
      answer: withKey([dreamMachine], () => ({
        body: { generations: [...generations.keys()].map((id) => view(id)), has_more: false },
      })),
    },
    {
      method: 'GET',
      path: /^\/v1\/generations\/([\w-]+)$/,
      at: 'status',
      answer(asked, match) {
        const id = match[1]!;
        // Each service knows its own; one that nobody made is asked after at the Agents API.
        const keys = id.startsWith('dream') ? [dreamMachine] : [agents];
        return withKey(keys, () => {
          const one = generations.get(id);
          if (!one) return { status: 404, body: { detail: 'Generation not found' } };
          return { body: view(id, one.course.length > 1 ? one.course.shift() : one.course[0]) };
        })(asked, match);
      },
    },
    {
      method: 'DELETE',
      path: /^\/v1\/generations\/([\w-]+)$/,
      answer: withKey([dreamMachine], (_, [, id = '']) => {
        if (!generations.delete(id)) return { status: 404, body: { detail: 'Generation not found' } };
        return { status: 204, body: '' };
      }),
    },
    {
      method: 'GET',
      path: /^\/v1\/credits$/,
      answer: withKey([dreamMachine], () => ({ body: { credit_balance: 900 } })),
    },
    { method: 'GET', path: /^\/v1\/ping$/, answer: withKey(both, () => ({ body: { message: 'pong' } })) },
    {
      method: 'GET',
      path: /^\/made\/([\w-]+)$/,
      at: 'output',
      answer: (_, [, id = '']) => ({ body: madePicture(generations.get(id)!.input) }),
    },
  ]);
  return Object.assign(double, {
    base: `${double.url}/v1`,
    nextGoes: (...steps: readonly GenerationStep[]) => void (course = steps),
    orders,
  });
}
