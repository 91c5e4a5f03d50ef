/** Recraft as its reference describes it. Strict where it says that unsupported fields are rejected. */
import { madePicture } from './made-picture.ts';
import { startDouble, type Answered, type Asked, type Double } from './double.ts';

const COMMON = ['model', 'prompt', 'n', 'style', 'style_id', 'controls', 'response_format', 'negative_prompt'];
const SIZES = '1:1 2:1 1:2 3:2 2:3 4:3 3:4 5:4 4:5 6:10 14:10 10:14 16:9 9:16 1024x1024 1344x768'.split(' ');
export const MODELS: Readonly<Record<string, number>> = { recraftv4_1: 35, recraftv4_1_flash: 7, recraftv3: 40 };

export interface RecraftDouble extends Double {
  /** Fields of what it took; of pictures their length. */
  readonly taken: readonly Readonly<Record<string, unknown>>[];
}

export async function startRecraft({ key = 'test-key' } = {}): Promise<RecraftDouble> {
  const taken: Record<string, unknown>[] = [];
  const wrong = (message: string): Answered => ({ status: 400, body: { code: 'invalid_request', message } });
  const guarded =
    (answer: (asked: Asked) => Answered | Promise<Answered>) =>
    (asked: Asked): Answered | Promise<Answered> =>
      asked.headers.authorization === `Bearer ${key}`
        ? answer(asked)
        : { status: 401, headers: { 'content-type': 'text/plain' }, body: 'request unauthorized' };

  const formIn = async ({ body, headers }: Asked) => {
    const type = headers['content-type'] ?? '';
    const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries(
      [...form].map(([name, value]) => [name, typeof value === 'string' ? value : `${value.size} bytes`]),
    );
  };
  function took(fields: Readonly<Record<string, unknown>>, allowed: readonly string[]): Answered | object {
    const { model, negative_prompt: negative } = fields;
    const stranger = Object.keys(fields).find((name) => !allowed.includes(name));
    if (stranger) return wrong(`unexpected field ${stranger}`);
    if (allowed.includes('model') && !(String(model as string) in MODELS)) return wrong('no such model');
    if (negative !== undefined && model !== 'recraftv3') return wrong('negative_prompt is not supported');
    taken.push(fields);
    const data = Buffer.from(madePicture(fields)).toString('base64');
    return fields['response_format'] === 'b64_json' ? { b64_json: data } : { url: 'https://img.recraft.ai/1' };
  }
  const upscaled = (credits: number) =>
    guarded(async (asked) => {
      const fields = await formIn(asked);
      if (!fields['file']) return wrong('no file');
      const image = took(fields, ['file', 'response_format']);
      return 'status' in image ? image : { body: { created: 1, credits, image } };
    });
  const pictured = (fields: Readonly<Record<string, unknown>>, allowed: readonly string[]): Answered => {
    const image = took(fields, allowed);
    if ('status' in image) return image;
    return { body: { created: 1, credits: MODELS[fields['model'] as string], data: [{ image_id: 'i1', ...image }] } };
  };

  const double = await startDouble(() => [
    {
      method: 'POST',
      path: /^\/v1\/images\/generations$/,
      at: 'submit',
      answer: guarded(({ json }) => {
        const fields = json as Readonly<Record<string, unknown>>;
        if (!SIZES.includes((fields['size'] ?? '1:1') as string)) return wrong('size');
        return pictured(fields, [...COMMON, 'size']);
      }),
    },
    {
      method: 'POST',
      path: /^\/v1\/images\/imageToImage$/,
      at: 'submit',
      answer: guarded(async (asked) => {
        const fields = await formIn(asked);
        if (!fields['image'] || !(Number(fields['strength']) >= 0 && Number(fields['strength']) <= 1))
          return wrong('image and strength are needed');
        return pictured(fields, [...COMMON, 'image', 'strength']);
      }),
    },
    { method: 'POST', path: /^\/v1\/images\/crispUpscale$/, at: 'submit', answer: upscaled(4) },
    { method: 'POST', path: /^\/v1\/images\/creativeUpscale$/, at: 'submit', answer: upscaled(250) },
    { method: 'GET', path: /^\/v1\/users\/me$/, answer: guarded(() => ({ body: { id: 'u1', credits: 1000 } })) },
  ]);
  return Object.assign(double, { taken });
}
