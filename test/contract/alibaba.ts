/** Alibaba Model Studio as its reference and `@ai-sdk/alibaba` have it: tasks of several kinds, asked after alike. */
import { startDouble, type Answered, type Asked, type Double } from './double.ts';
import { madePicture } from './made-picture.ts';

/** `output` of an answer about a task. */
export interface AlibabaTask {
  readonly task_status: string;
  readonly [more: string]: unknown;
}
export interface AlibabaDouble extends Double {
  /** How the next task goes: one answer for each question, the last one stays. */
  nextGoes(...course: readonly AlibabaTask[]): void;
}

type Input = Readonly<Record<string, unknown>>;
interface Sent {
  readonly model: string;
  readonly input: Input;
  readonly parameters: Input;
}

export const alibabaError = (code: string) => ({ code, message: 'As the service words it.', request_id: 'request-1' });

export async function startAlibaba({ key = 'test-key' } = {}): Promise<AlibabaDouble> {
  const tasks: { readonly sent: Sent; readonly made: (url: string) => Input; course: AlibabaTask[] }[] = [];
  let course: readonly AlibabaTask[] = ['PENDING', 'RUNNING', 'SUCCEEDED'].map((task_status) => ({ task_status }));
  const refusal = (status: number, code: string): Answered => ({ status, body: alibabaError(code) });
  const withKey =
    (answer: (asked: Asked, match: RegExpExecArray) => Answered) =>
    (asked: Asked, match: RegExpExecArray): Answered =>
      asked.headers.authorization === `Bearer ${key}` ? answer(asked, match) : refusal(401, 'InvalidApiKey');

  const begin = (isRight: (sent: Sent) => boolean, made: (url: string) => Input) =>
    withKey(({ json, headers }) => {
      const sent = json as Sent;
      if (headers['x-dashscope-async'] !== 'enable') return refusal(403, 'AccessDenied');
      if (!isRight(sent)) return refusal(400, 'InvalidParameter');
      tasks.push({ sent, made, course: [...course] });
      return { body: { output: { task_id: `task-${tasks.length}`, task_status: 'PENDING' }, request_id: 'request-1' } };
    });
  const isClipRight = ({ model, input, parameters }: Sent) => {
    const isOld = model.startsWith('wan2.6');
    const isText = model.includes('t2v');
    const sizes = ['size', 'ratio', 'resolution'].filter((name) => name in parameters).join();
    if (isOld) return isText ? sizes === 'size' : sizes === 'resolution' && 'img_url' in input;
    return (
      Number.isInteger(parameters['duration']) &&
      !('img_url' in input) &&
      'media' in input !== isText &&
      (model.includes('i2v') ? sizes === 'resolution' : sizes.endsWith('resolution'))
    );
  };

  const double = await startDouble((url) => [
    {
      method: 'POST',
      path: /^\/api\/v1\/services\/aigc\/video-generation\/video-synthesis$/,
      at: 'submit',
      answer: begin(isClipRight, (video_url) => ({ video_url })),
    },
    {
      method: 'POST',
      path: /^\/api\/v1\/services\/aigc\/text2image\/image-synthesis$/,
      at: 'submit',
      answer: begin(
        ({ parameters }) => /^\d+\*\d+$/.test(String(parameters['size'])),
        (made) => ({ results: [{ url: made, orig_prompt: 'A', actual_prompt: 'A' }] }),
      ),
    },
    {
      method: 'POST',
      path: /^\/api\/v1\/services\/aigc\/image-generation\/generation$/,
      at: 'submit',
      answer: begin(
        ({ input }) => Array.isArray(input['messages']),
        (image) => ({ choices: [{ message: { role: 'assistant', content: [{ image, type: 'image' }] } }] }),
      ),
    },
    {
      method: 'GET',
      path: /^\/api\/v1\/tasks\/task-(\d+)$/,
      at: 'status',
      answer: withKey((_, match) => {
        const task_id = `task-${match[1]}`;
        const task = tasks[Number(match[1]) - 1];
        if (!task) return { body: { output: { task_id, task_status: 'UNKNOWN' } } };
        const now = task.course.length > 1 ? task.course.shift()! : task.course[0]!;
        const made = now.task_status === 'SUCCEEDED' ? task.made(`${url()}/made/${match[1]}`) : {};
        return { body: { output: { task_id, ...made, ...now }, request_id: 'request-1' } };
      }),
    },
    {
      method: 'POST',
      path: /^\/api\/v1\/tasks\/task-(\d+)\/cancel$/,
      answer: withKey((_, match) => {
        const task = tasks[Number(match[1]) - 1];
        if (task?.course[0]?.task_status !== 'PENDING') return refusal(400, 'UnsupportedOperation');
        task.course = [{ task_status: 'CANCELED' }];
        return { body: { request_id: 'request-1' } };
      }),
    },
    {
      method: 'GET',
      path: /^\/api\/v1\/tasks\/$/,
      answer: withKey(() => ({ body: { data: [], total: tasks.length, page_no: 1, page_size: 1 } })),
    },
    {
      method: 'GET',
      path: /^\/made\/(\d+)$/,
      at: 'output',
      answer: (_, match) => ({ body: madePicture(tasks[Number(match[1]) - 1]!.sent) }),
    },
  ]);
  return Object.assign(double, { nextGoes: (...next: readonly AlibabaTask[]) => void (course = next) });
}
