/**
 * Runway as its own client has it: tasks, uploads to a store beside it, and its version told with every call. A task
 * that is taken back or deleted is not there any more.
 */
import { isRecord } from '../../src/core/loose.ts';
import { startDouble, type Answered, type Asked, type Double, type Route } from './double.ts';
import { madePicture } from './made-picture.ts';

export const ESTIMATE = 25;

/** How a task goes: one of these for each question, the last one stays. */
export interface TaskStep {
  readonly status: 'PENDING' | 'THROTTLED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  readonly progress?: number;
  readonly cost?: { readonly credits: number };
  readonly failure?: string;
  readonly failureCode?: string;
  /** Left out: one picture. */
  readonly output?: readonly string[];
}
export const COURSE: readonly TaskStep[] = [
  { status: 'PENDING' },
  { status: 'THROTTLED' },
  { status: 'RUNNING', progress: 0.5 },
  { status: 'SUCCEEDED', cost: { credits: 20 } },
];

export interface RunwayDouble extends Double {
  /** Where its API lies. */
  readonly base: string;
  /** How the tasks go that are sent from now on. */
  nextGoes(...steps: readonly TaskStep[]): void;
  /** What tasks were asked for, and where. */
  readonly orders: readonly { readonly at: string; readonly input: Readonly<Record<string, unknown>> }[];
  /** What was uploaded, by its address. */
  readonly uploads: ReadonlyMap<string, string>;
}

export async function startRunway({ key = 'test-key' } = {}): Promise<RunwayDouble> {
  const tasks: { readonly input: RunwayDouble['orders'][number]['input']; course: TaskStep[]; isGone: boolean }[] = [];
  const orders: RunwayDouble['orders'][number][] = [];
  const uploads = new Map<string, string>();
  let course: readonly TaskStep[] = COURSE;

  const problem = (status: number, error: string): Answered => ({ status, body: { error } });
  const lacking = (field: string): Answered => {
    const issue = { code: 'invalid_type', path: [field], message: 'Required' };
    return { status: 400, body: { error: 'Validation of body failed', issues: [issue] } };
  };
  const known =
    (answer: Route['answer']): Route['answer'] =>
    (asked, match) => {
      if (asked.headers['x-runway-version'] !== '2024-11-06') return problem(400, 'A version is needed.');
      if (asked.headers.authorization !== `Bearer ${key}`) return problem(401, 'The key is not one of ours.');
      return answer(asked, match);
    };

  /** Every address of a picture, wherever it stands. */
  function urisIn(value: unknown): string[] {
    if (Array.isArray(value)) return value.flatMap(urisIn);
    if (!isRecord(value)) return [];
    return Object.entries(value).flatMap(([field, part]) =>
      /^(uri|imageUri|videoUri|promptVideo)$/.test(field) ? [String(part)] : urisIn(part),
    );
  }
  function begin({ json }: Asked, at: string): Answered {
    const input = isRecord(json) ? json : {};
    if (typeof input['model'] !== 'string') return lacking('model');
    if (at !== 'image_upscale' && typeof input['promptText'] !== 'string') return lacking('promptText');
    if (at === 'image_to_video' && !input['promptImage']) return lacking('promptImage');
    if (at === 'video_to_video' && !(input['promptVideo'] ?? input['videoUri']))
      return problem(400, 'A clip is needed.');
    if (at === 'image_upscale' && !input['imageUri']) return lacking('imageUri');
    if (urisIn(input).some((uri) => !/^data:(image|video)\//.test(uri) && !uploads.has(uri)))
      return problem(400, 'That is no address of a picture.');
    if (input['duration'] !== undefined && !Number.isInteger(input['duration']))
      return problem(400, 'Seconds are whole.');
    tasks.push({ input, course: [...course], isGone: false });
    orders.push({ at, input });
    return { body: { id: `task-${tasks.length}`, estimatedCost: { credits: ESTIMATE } } };
  }
  const taskOf = (id: string) => {
    const task = tasks[Number(id.replace('task-', '')) - 1];
    return task?.isGone ? undefined : task;
  };

  const double = await startDouble((url) => [
    {
      method: 'POST',
      path: /^\/v1\/(text_to_image|text_to_video|image_to_video|video_to_video|image_upscale)$/,
      at: 'submit',
      answer: known((asked, match) => begin(asked, match[1]!)),
    },
    {
      method: 'GET',
      path: /^\/v1\/tasks\/([\w-]+)$/,
      at: 'status',
      answer: known((_, [, id = '']) => {
        const task = taskOf(id);
        if (!task) return problem(404, 'There is no such task.');
        const step = task.course.length > 1 ? task.course.shift()! : task.course[0]!;
        const isOver = ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(step.status);
        return {
          body: {
            id,
            createdAt: '2026-11-27T12:00:00.000Z',
            ...(isOver ? {} : { estimatedCost: { credits: ESTIMATE } }),
            ...(step.status === 'SUCCEEDED' ? { output: [`${url()}/made/${id}.png`] } : {}),
            ...step,
          },
        };
      }),
    },
    {
      method: 'DELETE',
      path: /^\/v1\/tasks\/([\w-]+)$/,
      answer: known((_, [, id = '']) => {
        const task = taskOf(id);
        if (!task) return problem(404, 'There is no such task.');
        task.isGone = true;
        return { status: 204, body: '' };
      }),
    },
    {
      method: 'POST',
      path: /^\/v1\/uploads$/,
      answer: known(({ json }) => {
        const { filename, type } = isRecord(json) ? json : {};
        if (typeof filename !== 'string' || type !== 'ephemeral') return problem(400, 'A name is needed.');
        const place = String(uploads.size + 1);
        return {
          body: { uploadUrl: `${url()}/store`, fields: { place, policy: 'signed' }, runwayUri: `runway://${place}` },
        };
      }),
    },
    {
      method: 'POST',
      path: /^\/store$/,
      at: 'upload',
      answer({ body, headers }) {
        const place = /name="place"\r\n\r\n(\d+)/.exec(body.toString('latin1'))?.[1];
        if (headers.authorization || !place) return { status: 403, body: '<Error/>' };
        uploads.set(`runway://${place}`, body.toString('latin1'));
        return { status: 204, body: '' };
      },
    },
    {
      method: 'GET',
      path: /^\/made\/(task-\d+)\.png$/,
      at: 'output',
      answer: (_, [, id = '']) => ({ body: madePicture(tasks[Number(id.replace('task-', '')) - 1]!.input) }),
    },
    { method: 'GET', path: /^\/v1\/organization$/, answer: known(() => ({ body: { creditBalance: 900 } })) },
  ]);
  return Object.assign(double, {
    base: `${double.url}/v1`,
    nextGoes: (...steps: readonly TaskStep[]) => void (course = steps),
    orders,
    uploads,
  });
}
