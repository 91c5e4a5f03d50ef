/** MiniMax's clips as its reference describes the second version, with the codes of the first where they are scripted. */
import { isRecord, listIn } from '../../src/core/loose.ts';
import { startDouble, type Answered, type Asked, type Double } from './double.ts';
import { MADE_CLIP } from './made-picture.ts';

export interface MinimaxTask {
  readonly status: string;
  readonly [more: string]: unknown;
}
export interface MinimaxDouble extends Double {
  /** How the next task goes: one answer for each question, the last one stays. */
  nextGoes(...course: readonly MinimaxTask[]): void;
}

/** As the second version tells of a failure. */
export const minimaxError = (status: number, code: number) => ({
  type: 'error',
  error: { type: 'an_error', code, message: 'As the service words it.', http_code: String(status) },
  request_id: 'request-1',
});

export async function startMinimax({ key = 'test-key' } = {}): Promise<MinimaxDouble> {
  const tasks: { readonly input: Readonly<Record<string, unknown>>; course: MinimaxTask[]; isDeleted?: true }[] = [];
  let course: readonly MinimaxTask[] = [{ status: 'queued' }, { status: 'running' }, { status: 'succeeded' }];
  const withKey =
    (answer: (asked: Asked, match: RegExpExecArray) => Answered) =>
    (asked: Asked, match: RegExpExecArray): Answered =>
      asked.headers.authorization === `Bearer ${key}` ? answer(asked, match) : refusal(401, 1004);
  const refusal = (status: number, code: number): Answered => ({ status, body: minimaxError(status, code) });

  function begin({ json }: Asked): Answered {
    const input = json as Readonly<Record<string, unknown>>;
    const roles = listIn(input['content']).map((item) => item['role'] ?? item['type']);
    const hasFrames = roles.includes('first_frame') || roles.includes('last_frame');
    const isRight =
      input['model'] === 'MiniMax-H3' &&
      ['768P', '2K'].includes(String(input['resolution'])) &&
      Number.isInteger(input['duration']) &&
      Number(input['duration']) >= 5 &&
      Number(input['duration']) <= 15 &&
      // The shape is said, or that of a picture, and frames are never mixed with references.
      hasFrames !== 'ratio' in input &&
      !(hasFrames && roles.includes('reference_image'));
    if (!isRight) return refusal(400, 2013);
    tasks.push({ input, course: [...course] });
    return { body: { task_id: `task-${tasks.length}` } };
  }
  const taskAt = (match: RegExpExecArray) => {
    const task = tasks[Number(match[1]) - 1];
    return task?.isDeleted ? undefined : task;
  };

  const double = await startDouble((url) => [
    { method: 'POST', path: /^\/v2\/video_generation$/, at: 'submit', answer: withKey(begin) },
    {
      method: 'GET',
      path: /^\/v2\/query\/video_generation\/task-(\d+)$/,
      at: 'status',
      answer: withKey((_, match) => {
        const task = taskAt(match);
        if (!task) return refusal(400, 2013);
        const now = task.course.length > 1 ? task.course.shift()! : task.course[0]!;
        const content = now.status === 'succeeded' ? { content: { url: `${url()}/clips/${match[1]}` } } : {};
        return { body: { task: { id: `task-${match[1]}`, ...content, ...now } } };
      }),
    },
    {
      method: 'GET',
      path: /^\/v2\/query\/video_generation$/,
      answer: withKey(() => ({
        body: { items: tasks.map((_, at) => ({ id: `task-${at + 1}` })), total: tasks.length },
      })),
    },
    {
      method: 'DELETE',
      path: /^\/v2\/video_generation\/task-(\d+)$/,
      answer: withKey((_, match) => {
        const task = taskAt(match);
        const status = task?.course[0]?.status ?? '';
        if (!task || ['running', 'cancelled', ''].includes(status)) return refusal(400, 2013);
        if (status === 'queued') task.course = [{ status: 'cancelled' }];
        else task.isDeleted = true;
        return { body: {} };
      }),
    },
    {
      method: 'GET',
      path: /^\/clips\/(\d+)$/,
      at: 'output',
      answer: () => ({ body: MADE_CLIP }),
    },
  ]);
  return Object.assign(double, { nextGoes: (...next: readonly MinimaxTask[]) => void (course = next) });
}

/** The contents that were sent, by role, with their words or addresses. */
export const contentsIn = (json: unknown): readonly (readonly unknown[])[] =>
  listIn(isRecord(json) ? json['content'] : undefined).map(({ type, role, text, image_url: image }) => [
    role ?? type,
    text ?? (isRecord(image) ? image['url'] : undefined),
  ]);
