/**
 * Kling as its documentation has it: a path for each model, one place to ask after tasks of both its APIs, and a name
 * of the caller's on each, which is taken once. There is no client of the vendor's own.
 */
import { isRecord, listIn, type Loose } from '../../src/core/loose.ts';
import { startDouble, type Answered, type Double, type Route } from './double.ts';
import { madePicture } from './made-picture.ts';

/** How a task goes: one of these for each question, the last one stays. */
export interface KlingStep {
  readonly status: 'submitted' | 'processing' | 'succeeded' | 'failed';
  readonly message?: string;
  readonly billing?: readonly Loose[];
  /** Left out: one of them. */
  readonly outputs?: readonly Loose[];
}
export const CASH = [{ charge_type: 'cash', cash_type: 'balance', amount: '0.42', currency: 'USD' }];

export interface KlingDouble extends Double {
  nextGoes(...steps: readonly KlingStep[]): void;
  readonly orders: readonly { readonly at: string; readonly input: Loose }[];
}

export async function startKling({ key = 'test-key' } = {}): Promise<KlingDouble> {
  const tasks: { readonly id: string; readonly name: string; readonly input: Loose; readonly course: KlingStep[] }[] =
    [];
  const orders: KlingDouble['orders'][number][] = [];
  let course: readonly KlingStep[] = [
    { status: 'submitted' },
    { status: 'processing' },
    { status: 'succeeded', billing: CASH },
  ];

  const told = (data: unknown): Answered => ({ body: { code: 0, message: 'SUCCEED', request_id: 'r', data } });
  const problem = (status: number, code: number, message: string): Answered => ({
    status,
    body: { code, message, request_id: 'r' },
  });
  const withKey =
    (answer: Route['answer']): Route['answer'] =>
    (asked, match) =>
      asked.headers.authorization === `Bearer ${key}`
        ? answer(asked, match)
        : problem(401, 1002, 'Authorization is invalid');

  function begin(at: string, json: unknown, name: unknown): string | Answered {
    if (typeof name !== 'string' || name === '') return problem(400, 1201, 'A name is missing.');
    if (tasks.some((task) => task.name === name)) return problem(400, 1201, 'external_task_id already exists');
    const input = isRecord(json) ? json : {};
    const id = `8936059464028${tasks.length + 1}`;
    tasks.push({ id, name, input, course: [...course] });
    orders.push({ at, input });
    return id;
  }
  function clip(kind: string, model: string, json: unknown): Answered {
    const { contents, settings, options } = isRecord(json) ? json : {};
    const given = listIn(contents).map(({ type }) => type);
    const { duration, resolution } = isRecord(settings) ? settings : {};
    if (given[0] !== 'prompt') return problem(400, 1201, 'prompt');
    if (kind === 'image-to-video' && !given.includes('first_frame')) return problem(400, 1201, 'first_frame');
    if (given.includes('last_frame') && !given.includes('first_frame')) return problem(400, 1201, 'last_frame');
    if (listIn(contents).some(({ url }) => String(url).startsWith('data:'))) return problem(400, 1201, 'url');
    if (!Number.isInteger(duration)) return problem(400, 1201, 'duration');
    if (model.startsWith('kling-2') && given.includes('last_frame') && resolution !== '1080p')
      return problem(400, 1201, 'resolution');
    const id = begin(`${kind}/${model}`, json, isRecord(options) ? options['external_task_id'] : undefined);
    return typeof id === 'string' ? told({ id, status: 'submitted', create_time: 1, update_time: 1 }) : id;
  }
  function view({ id, name, course: steps }: (typeof tasks)[number]): Loose {
    const step = steps.length > 1 ? steps.shift()! : steps[0]!;
    const outputs = step.status === 'succeeded' ? [{ type: 'video', id: 'v', url: `${double.url}/made/${id}` }] : [];
    return { id, external_id: name, create_time: 1, update_time: 1, outputs, ...step };
  }

  const double = await startDouble(() => [
    {
      method: 'POST',
      path: /^\/(text-to-video|image-to-video|omni-video)\/([\w.-]+)$/,
      at: 'submit',
      answer: withKey(({ json }, [, kind = '', model = '']) => clip(kind, model, json)),
    },
    {
      method: 'POST',
      path: /^\/v1\/images\/omni-image$/,
      at: 'submit',
      answer: withKey(({ json }) => {
        const id = begin('omni-image', json, isRecord(json) ? json['external_task_id'] : undefined);
        return typeof id === 'string' ? told({ task_id: id, task_status: 'submitted', task_info: {} }) : id;
      }),
    },
    {
      method: 'GET',
      path: /^\/tasks$/,
      at: 'status',
      answer: withKey(({ query }) => {
        const ids = query.get('task_ids')?.split(',') ?? [];
        const names = query.get('external_task_ids')?.split(',') ?? [];
        // One it does not know is left out.
        return told(tasks.filter(({ id, name }) => ids.includes(id) || names.includes(name)).map(view));
      }),
    },
    {
      method: 'GET',
      path: /^\/made\/(\d+)$/,
      at: 'output',
      answer: (_, match) => ({ body: madePicture(tasks.find(({ id }) => id === match[1])!.input) }),
    },
  ]);
  return Object.assign(double, { nextGoes: (...steps: readonly KlingStep[]) => void (course = steps), orders });
}
