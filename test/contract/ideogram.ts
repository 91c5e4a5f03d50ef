/** Ideogram's v2 as its reference describes it. Strict: each model takes its own fields and no others. */
import { madePicture } from './made-picture.ts';
import { startDouble, type Answered, type Asked, type Double } from './double.ts';

const COMMON = ['prompt', 'seed', 'num_images', 'async', 'enable_copyright_detection'];
const THIRD = [...COMMON, 'magic_prompt', 'negative_prompt', 'aspect_ratio', 'style_reference_images'];
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'generate/ideogram-4-5': [...COMMON, 'magic_prompt', 'images', 'mask', 'size', 'quality'],
  'precise-edit/ideogram-4-5': [...COMMON, 'image', 'reference_images', 'mask', 'quality'],
  'generate/ideogram-3': THIRD,
  'generate/ideogram-3-character': [...THIRD, 'character_reference_images'],
};
export const PRICE = 60_000;
export const RANDOM_SEED = 12_345;

/** How a generation ends. */
type Ending = 'completed' | 'failed' | 'unsafe';
export interface IdeogramDouble extends Double {
  /** What it took: fields, and of pictures how many went into each. */
  readonly taken: readonly Readonly<Record<string, unknown>>[];
  nextEnds(ending: Ending): void;
}

export async function startIdeogram({ key = 'test-key', looks = 2 } = {}): Promise<IdeogramDouble> {
  const taken: Record<string, unknown>[] = [];
  const jobs: { left: number; readonly ending: Ending; readonly seed: number }[] = [];
  let ending: Ending = 'completed';
  const refuse = (status: number, error: string): Answered => ({ status, body: { error } });
  const isStranger = ({ headers }: Asked) => headers['api-key'] !== key;

  async function fieldsOf({ json, body, headers }: Asked): Promise<Record<string, unknown>> {
    if (json !== undefined) return { ...(json as object) };
    const type = headers['content-type'] ?? '';
    const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData();
    const fields: Record<string, unknown> = {};
    for (const [name, value] of form)
      fields[name] = typeof value === 'string' ? value : ((fields[name] as number | undefined) ?? 0) + 1;
    return fields;
  }

  async function begin(asked: Asked, path: string): Promise<Answered> {
    if (isStranger(asked)) return refuse(401, 'Unauthorized');
    const allowed = FIELDS[path];
    if (!allowed) return refuse(404, 'no such model');
    const fields = await fieldsOf(asked);
    const stranger = Object.keys(fields).find((name) => !allowed.includes(name));
    const isWrong =
      stranger !== undefined ||
      !fields['prompt'] ||
      (path.startsWith('precise-edit') && fields['image'] !== 1) ||
      (path.endsWith('character') && !fields['character_reference_images']) ||
      (fields['size'] === 'source' && !fields['images']) ||
      Number(fields['seed'] ?? 0) > 2_147_483_647;
    if (isWrong) return refuse(400, `Invalid input ${stranger}`);
    if (asked.query.get('dry_run') === 'true')
      return { body: { object: 'price_quote', quantity: 1, usd_micros: PRICE, qualifier: 'exact' }, isFree: true };
    if (String(fields['async'] as boolean) !== 'true') return refuse(400, 'this double only does jobs');
    taken.push(fields);
    const seed = Number(fields['seed'] ?? RANDOM_SEED);
    jobs.push({ left: looks, ending, seed });
    ending = 'completed';
    return { body: { generation_id: `gen-${jobs.length}`, generation_kind: 'image', seed } };
  }

  const double = await startDouble(() => [
    {
      method: 'POST',
      path: /^\/v2\/image\/([\w-]+\/[\w-]+)$/,
      at: 'submit',
      answer: (asked, match) => begin(asked, match[1]!),
    },
    {
      method: 'GET',
      path: /^\/v2\/generations\/gen-(\d+)$/,
      at: 'status',
      answer(asked, match) {
        if (isStranger(asked)) return refuse(401, 'Unauthorized');
        const job = jobs[Number(match[1]) - 1];
        if (!job) return refuse(404, 'no such generation');
        const generation_id = `gen-${match[1]}`;
        if (job.left-- > 0) return { body: { generation_id, status: 'pending' } };
        if (job.ending === 'failed')
          return { body: { generation_id, status: 'failed', failure_reason: 'internal_error' } };
        const isSafe = job.ending === 'completed';
        const url = isSafe ? `${double.url}/api/images/${match[1]}` : '';
        const picture = { object_type: 'image', prompt: '…', resolution: '1024x1024', seed: job.seed };
        const data = [{ ...picture, is_image_safe: isSafe, url }];
        return {
          body: { generation_id, status: 'completed', response_type: 'url', usage_cost_usd_micros: PRICE, data },
        };
      },
    },
    {
      method: 'GET',
      path: /^\/api\/images\/(\d+)$/,
      at: 'output',
      answer: (_, match) => ({ body: madePicture(taken[Number(match[1]) - 1]) }),
    },
  ]);
  return Object.assign(double, { taken, nextEnds: (next: Ending) => void (ending = next) });
}
