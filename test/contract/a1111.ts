/**
 * AUTOMATIC1111, Forge and SD.Next as their own code behaves: one lock around all work, a progress that is one for all,
 * and an interrupted picture that is answered as if it were whole.
 */
import { madePicture } from './made-picture.ts';
import { startDouble, type Answered, type Asked, type Double } from './double.ts';

export type Flavour = 'a1111' | 'forge' | 'sdnext';
export const CHECKPOINT = 'juggernaut.safetensors [33e58e8668]';
export const LOADED = 'sd_xl_base_1.0.safetensors [31e35c80fc]';
/** Where nobody chose one. */
export const RANDOM_SEED = 1_234_567;

export interface A1111Double extends Double {
  /** Somebody presses Interrupt at this step of the next picture. */
  interruptAt(step: number): void;
  /** How many of the steps were done of each picture that was answered. */
  readonly steps: readonly number[];
}
interface Work {
  readonly task: string | undefined;
  step: number;
  isInterrupted: boolean;
  finish(): void;
}

/** @param steps each look at the progress is one step further */
export async function startA1111({
  flavour = 'a1111' as Flavour,
  auth = undefined as string | undefined,
  hasApi = true,
  hasPreviews = true,
  upscalers = ['None', 'Lanczos', 'R-ESRGAN 4x+'],
  steps = 3,
} = {}): Promise<A1111Double> {
  let lock: Promise<void> = Promise.resolve();
  let atWork: Work | undefined;
  let wasInterrupted = false;
  let interruptAt = Infinity;
  const done: number[] = [];

  const refuse = (status: number, detail: unknown, error = 'HTTPException'): Answered =>
    flavour === 'a1111' ? { status, body: { error, detail, body: '', errors: '' } } : { status, body: { detail } };
  const guarded =
    (answer: (asked: Asked) => Answered | Promise<Answered>, isOpen = false) =>
    (asked: Asked): Answered | Promise<Answered> => {
      if (!hasApi) return { status: 404, body: { detail: 'Not Found' } };
      const expected = auth && `Basic ${Buffer.from(auth).toString('base64')}`;
      if (expected && !isOpen && asked.headers.authorization !== expected)
        return refuse(401, 'Incorrect username or password');
      return answer(asked);
    };

  /** Waits for its turn, then until it was looked at so often, or somebody interrupts. */
  async function work(task: string | undefined): Promise<{ readonly step: number }> {
    const before = lock;
    let free = () => {};
    lock = new Promise((resolve) => (free = resolve));
    await before;
    wasInterrupted = false;
    await new Promise<void>((finish) => (atWork = { task, step: 0, isInterrupted: false, finish }));
    const { step, isInterrupted } = atWork!;
    wasInterrupted = isInterrupted;
    done.push(step);
    atWork = undefined;
    free();
    return { step };
  }

  async function paint(asked: Asked, isFromPicture: boolean): Promise<Answered> {
    const body = asked.json as Readonly<Record<string, unknown>>;
    const { seed = -1, width, height, override_settings: settings, init_images: images, force_task_id: task } = body;
    if (typeof width !== 'number' || width % 8 !== 0 || typeof height !== 'number' || height % 8 !== 0)
      return refuse(422, [{ loc: ['body', 'width'], msg: 'not a multiple of 8', type: 'value_error' }]);
    if (isFromPicture && !Array.isArray(images)) return refuse(404, 'Init image not found');
    const checkpoint = (settings as { sd_model_checkpoint?: string } | undefined)?.sd_model_checkpoint;
    if (checkpoint !== CHECKPOINT && checkpoint !== LOADED) return refuse(500, '', 'RuntimeError');
    const { step } = await work(flavour === 'sdnext' ? undefined : (task as string));
    const used = seed === -1 ? RANDOM_SEED : seed;
    const picture = madePicture({ ...body, force_task_id: '', step });
    return {
      body: {
        images: [Buffer.from(picture).toString('base64')],
        parameters: { ...body, init_images: null },
        info: JSON.stringify({ prompt: body['prompt'], seed: used, all_seeds: [used], sd_model_name: checkpoint }),
      },
    };
  }

  const double = await startDouble(() => [
    { method: 'POST', path: /^\/sdapi\/v1\/txt2img$/, at: 'submit', answer: guarded((asked) => paint(asked, false)) },
    { method: 'POST', path: /^\/sdapi\/v1\/img2img$/, at: 'submit', answer: guarded((asked) => paint(asked, true)) },
    {
      method: 'POST',
      path: /^\/sdapi\/v1\/extra-single-image$/,
      at: 'submit',
      answer: guarded(async ({ json }) => {
        const body = json as Readonly<Record<string, unknown>>;
        if (!upscalers.includes(String(body['upscaler_1'] as string))) return refuse(404, 'Upscaler not found');
        await work(undefined);
        return { body: { html_info: '', image: Buffer.from(madePicture(body)).toString('base64') } };
      }),
    },
    {
      method: 'GET',
      path: /^\/sdapi\/v1\/progress$/,
      at: 'status',
      answer: guarded(() => {
        if (!atWork)
          return { body: { progress: 0, eta_relative: 0, state: { interrupted: wasInterrupted }, textinfo: null } };
        const now = atWork;
        now.step++;
        if (now.step >= interruptAt) {
          now.isInterrupted = true;
          interruptAt = Infinity;
        }
        if (now.isInterrupted || now.step >= steps) setImmediate(now.finish);
        return {
          body: {
            progress: Math.min(now.step / steps, 1),
            eta_relative: 1,
            state: { interrupted: now.isInterrupted, sampling_step: now.step, sampling_steps: steps },
            current_image: hasPreviews ? Buffer.from(madePicture({ step: now.step })).toString('base64') : null,
            ...(now.task === undefined ? {} : { current_task: now.task }),
          },
        };
      }, flavour === 'forge'),
    },
    {
      method: 'POST',
      path: /^\/sdapi\/v1\/interrupt$/,
      answer: guarded(() => {
        if (atWork) {
          atWork.isInterrupted = true;
          setImmediate(atWork.finish);
        }
        return flavour === 'sdnext' ? { status: 204, body: '' } : { body: {} };
      }),
    },
    {
      method: 'GET',
      path: /^\/sdapi\/v1\/sd-models$/,
      answer: guarded(() => ({
        body: [CHECKPOINT, LOADED].map((title) => ({ title, model_name: title.replace(/\..*/, '') })),
      })),
    },
    {
      method: 'GET',
      path: /^\/sdapi\/v1\/upscalers$/,
      answer: guarded(() => ({ body: upscalers.map((name) => ({ name, scale: 4 })) })),
    },
    {
      method: 'GET',
      path: /^\/sdapi\/v1\/options$/,
      answer: guarded(() => ({ body: { samples_format: 'png', sd_model_checkpoint: LOADED } })),
    },
  ]);
  return Object.assign(double, { steps: done, interruptAt: (step: number) => void (interruptAt = step) });
}
