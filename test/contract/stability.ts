/** Stability AI's v2beta as its reference describes it. Strict: each path takes its own fields and no others. */
import { madePicture } from './made-picture.ts';
import { startDouble, type Answered, type Asked, type Double } from './double.ts';

const COMMON = ['output_format', 'seed', 'negative_prompt', 'style_preset'];
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'generate/ultra': [...COMMON, 'prompt', 'aspect_ratio', 'image', 'strength'],
  'generate/core': [...COMMON, 'prompt', 'aspect_ratio'],
  'generate/sd3': [...COMMON, 'prompt', 'aspect_ratio', 'image', 'strength', 'mode', 'model', 'cfg_scale'],
  'upscale/fast': ['output_format', 'image'],
  'upscale/conservative': [...COMMON, 'prompt', 'image', 'creativity'],
  'upscale/creative': [...COMMON, 'prompt', 'image', 'creativity'],
};
export const RANDOM_SEED = 987_654;

export interface StabilityDouble extends Double {
  /** The fields of each job it took; of pictures their length. */
  readonly taken: readonly Readonly<Record<string, string>>[];
  filterNext(): void;
}

export async function startStability({ key = 'test-key', looks = 2 } = {}): Promise<StabilityDouble> {
  const taken: Record<string, string>[] = [];
  const jobs = new Map<string, { left: number; readonly answer: object }>();
  let isFiltered = false;
  const refuse = (status: number, name: string): Answered => ({
    status,
    body: { id: 'e1', name, errors: ['As the service words it.'] },
  });
  const isStranger = ({ headers }: Asked) => headers.authorization !== `Bearer ${key}`;

  async function take(asked: Asked, path: string): Promise<Answered> {
    if (isStranger(asked)) return refuse(401, 'unauthorized');
    if (asked.headers.accept !== 'application/json') return refuse(400, 'bad_request');
    const form = await new Response(Uint8Array.from(asked.body), {
      headers: { 'content-type': asked.headers['content-type'] ?? '' },
    }).formData();
    const fields: Record<string, string> = {};
    for (const [name, value] of form) fields[name] = typeof value === 'string' ? value : `${value.size} bytes`;
    const allowed = FIELDS[path];
    if (!allowed) return refuse(404, 'not_found');
    const isWrong =
      Object.keys(fields).some((name) => !allowed.includes(name)) ||
      (allowed.includes('prompt') && !fields['prompt']) ||
      (path.startsWith('upscale') && !fields['image']) ||
      (path !== 'generate/core' && 'image' in fields !== ('strength' in fields || path.startsWith('upscale'))) ||
      (fields['mode'] === 'image-to-image' && 'aspect_ratio' in fields) ||
      Number(fields['seed'] ?? 0) > 4_294_967_294;
    if (isWrong) return refuse(400, 'bad_request');
    taken.push(fields);
    const seed = Number(fields['seed'] ?? 0) || RANDOM_SEED;
    const image = Buffer.from(madePicture(fields)).toString('base64');
    const finish_reason = isFiltered ? 'CONTENT_FILTERED' : 'SUCCESS';
    isFiltered = false;
    if (path !== 'upscale/creative') return { body: { image, finish_reason, seed } };
    const id = `job-${jobs.size + 1}`;
    jobs.set(id, { left: looks, answer: { result: image, finish_reason, seed } });
    return { body: { id } };
  }

  const double = await startDouble(() => [
    {
      method: 'POST',
      path: /^\/v2beta\/stable-image\/(\w+\/\w+)$/,
      at: 'submit',
      answer: (asked, match) => take(asked, match[1]!),
    },
    {
      method: 'GET',
      path: /^\/v2beta\/results\/([\w-]+)$/,
      at: 'status',
      answer(asked, match) {
        if (isStranger(asked)) return refuse(401, 'unauthorized');
        const job = jobs.get(match[1]!);
        if (!job) return refuse(404, 'not_found');
        return job.left-- > 0 ? { status: 202, body: { id: match[1], status: 'in-progress' } } : { body: job.answer };
      },
    },
    {
      method: 'GET',
      path: /^\/v1\/user\/balance$/,
      answer: (asked) => (isStranger(asked) ? refuse(401, 'unauthorized') : { body: { credits: 12.5 } }),
    },
  ]);
  return Object.assign(double, { taken, filterNext: () => void (isFiltered = true) });
}
