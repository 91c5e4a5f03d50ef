/** BytePlus ModelArk as its reference and `@ai-sdk/bytedance` have it: pictures at once, clips as tasks. */
import { listIn } from '../../src/core/loose.ts';
import { startDouble, type Answered, type Asked, type Double } from './double.ts';
import { MADE_CLIP, madePicture } from './made-picture.ts';

export interface BytePlusTask {
  readonly status: string;
  readonly [more: string]: unknown;
}
export interface BytePlusDouble extends Double {
  /** How the next task goes: one answer for each question, the last one stays. */
  nextGoes(...course: readonly BytePlusTask[]): void;
  /** In place of the next picture. */
  nextPicture(picture: unknown): void;
}

type Input = Readonly<Record<string, unknown>>;

export async function startBytePlus({ key = 'test-key' } = {}): Promise<BytePlusDouble> {
  const tasks: { readonly input: Input; course: BytePlusTask[]; isDeleted?: true }[] = [];
  let course: readonly BytePlusTask[] = [{ status: 'queued' }, { status: 'running' }, { status: 'succeeded' }];
  let picture: unknown;
  const withKey =
    (answer: (asked: Asked, match: RegExpExecArray) => Answered) =>
    (asked: Asked, match: RegExpExecArray): Answered =>
      asked.headers.authorization === `Bearer ${key}` ? answer(asked, match) : refusal(401, 'AuthenticationError');
  const refusal = (status: number, code: string): Answered => ({
    status,
    body: { error: { code, message: 'As the service words it.', param: '', type: 'AnError' } },
  });

  function makePicture({ json }: Asked): Answered {
    const input = json as Input;
    const [width = 0, height = 0] = String(input['size']).split('x').map(Number);
    const isSmall = width * height < (/-4-0-|-pro-/.test(String(input['model'])) ? 1280 * 720 : 2560 * 1440);
    const hasOddFormat = 'output_format' in input && String(input['model']).includes('seedream-4');
    if (isSmall || hasOddFormat || 'seed' in input) return refusal(400, 'InvalidParameter');
    const made = picture ?? { b64_json: Buffer.from(madePicture(input)).toString('base64') };
    picture = undefined;
    return { body: { model: input['model'], created: 1, data: [made], usage: { generated_images: 1 } } };
  }

  function begin({ json }: Asked): Answered {
    const input = json as Input;
    const roles = listIn(input['content']).map((item) => item['role'] ?? item['type']);
    const hasFrames = roles.includes('first_frame') || roles.includes('last_frame');
    const isOld = String(input['model']).includes('seedance-1-0');
    const isRight =
      Number.isInteger(input['duration']) &&
      !(hasFrames && roles.includes('reference_image')) &&
      !(isOld && 'generate_audio' in input);
    if (!isRight) return refusal(400, 'InvalidParameter');
    tasks.push({ input, course: [...course] });
    return { body: { id: `cgt-${tasks.length}` } };
  }
  const taskAt = (match: RegExpExecArray) => {
    const task = tasks[Number(match[1]) - 1];
    return task?.isDeleted ? undefined : task;
  };

  const double = await startDouble((url) => [
    { method: 'POST', path: /^\/api\/v3\/images\/generations$/, at: 'submit', answer: withKey(makePicture) },
    { method: 'POST', path: /^\/api\/v3\/contents\/generations\/tasks$/, at: 'submit', answer: withKey(begin) },
    {
      method: 'GET',
      path: /^\/api\/v3\/contents\/generations\/tasks\/cgt-(\d+)$/,
      at: 'status',
      answer: withKey((_, match) => {
        const task = taskAt(match);
        if (!task) return refusal(404, 'ResourceNotFound');
        const now = task.course.length > 1 ? task.course.shift()! : task.course[0]!;
        const content = now.status === 'succeeded' ? { content: { video_url: `${url()}/clips/${match[1]}` } } : {};
        return { body: { id: `cgt-${match[1]}`, seed: task.input['seed'] ?? 424_242, ...content, ...now } };
      }),
    },
    {
      method: 'GET',
      path: /^\/api\/v3\/contents\/generations\/tasks$/,
      answer: withKey(() => ({ body: { items: [], total: tasks.length } })),
    },
    {
      method: 'DELETE',
      path: /^\/api\/v3\/contents\/generations\/tasks\/cgt-(\d+)$/,
      answer: withKey((_, match) => {
        const task = taskAt(match);
        const status = task?.course[0]?.status ?? '';
        if (!task || ['running', 'cancelled', ''].includes(status))
          return refusal(409, 'InvalidAction.RunningTaskDeletion');
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
  return Object.assign(double, {
    nextGoes: (...next: readonly BytePlusTask[]) => void (course = next),
    nextPicture: (next: unknown) => void (picture = next),
  });
}
