/** Black Forest Labs as its reference describes it. Strict about sizes; it asks to be asked at the address it gave. */
import { madePicture } from './made-picture.ts';
import { startDouble, type Answered, type Asked, type Double } from './double.ts';

export const COST = 4.5;
export const RANDOM_SEED = 424_242;

export interface BflDouble extends Double {
  /** How the next job goes: one status for each question, the last one stays. */
  nextGoes(...statuses: readonly string[]): void;
}

export async function startBfl({ key = 'test-key' } = {}): Promise<BflDouble> {
  const jobs: { readonly input: Readonly<Record<string, unknown>>; readonly course: string[] }[] = [];
  let course: readonly string[] = ['Pending', 'Pending', 'Ready'];
  const isStranger = ({ headers }: Asked) => headers['x-key'] !== key;
  const forbidden: Answered = { status: 403, body: { detail: 'Not authenticated' } };
  const wrong = (loc: string): Answered => ({ status: 422, body: { detail: [{ loc: ['body', loc], msg: 'wrong' }] } });

  function begin(asked: Asked, model: string): Answered {
    if (isStranger(asked)) return forbidden;
    if (!/^flux-(2-|pro-1\.1|kontext-)/.test(model)) return { status: 404, body: { detail: 'Not Found' } };
    const input = asked.json as Readonly<Record<string, unknown>>;
    const multiple = model.startsWith('flux-2') ? 16 : 32;
    for (const side of ['width', 'height'])
      if (input[side] !== undefined && Number(input[side]) % multiple !== 0) return wrong(side);
    if ('width' in input && 'aspect_ratio' in input) return wrong('aspect_ratio');
    if (typeof input['prompt'] !== 'string') return wrong('prompt');
    jobs.push({ input, course: [...course] });
    const id = `task-${jobs.length}`;
    return {
      body: { id, polling_url: `${double.url}/eu/v1/get_result?id=${id}`, cost: COST, input_mp: 0, output_mp: 1 },
    };
  }

  const double = await startDouble(() => [
    { method: 'POST', path: /^\/v1\/([\w.-]+)$/, at: 'submit', answer: (asked, match) => begin(asked, match[1]!) },
    {
      method: 'GET',
      path: /^\/eu\/v1\/get_result$/,
      at: 'status',
      answer(asked) {
        if (isStranger(asked)) return forbidden;
        const id = asked.query.get('id') ?? '';
        const job = jobs[Number(id.replace('task-', '')) - 1];
        if (!job) return { body: { id, status: 'Task not found' } };
        const status = job.course.length > 1 ? job.course.shift()! : job.course[0]!;
        if (status !== 'Ready') return { body: { id, status, result: null, progress: 0.5 } };
        const result = { sample: `${double.url}/delivery/${id}`, seed: job.input['seed'] ?? RANDOM_SEED };
        return { body: { id, status, result } };
      },
    },
    {
      method: 'GET',
      path: /^\/delivery\/task-(\d+)$/,
      at: 'output',
      answer: (_, match) => ({ body: madePicture(jobs[Number(match[1]) - 1]!.input) }),
    },
    {
      method: 'GET',
      path: /^\/v1\/credits$/,
      answer: (asked) => (isStranger(asked) ? forbidden : { body: { credits: 9 } }),
    },
  ]);
  return Object.assign(double, { nextGoes: (...statuses: readonly string[]) => void (course = statuses) });
}
