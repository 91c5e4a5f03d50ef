/** OpenAI's images as its client and its reference describe them. Strict: what it does not know it refuses. */
import { madePicture } from './made-picture.ts';
import { startDouble, type Answered, type Asked, type Double } from './double.ts';

export const MODELS = ['gpt-image-2.6-sunburst', 'gpt-image-2', 'gpt-image-1.5', 'gpt-image-1-mini'];
const COMMON = ['prompt', 'model', 'n', 'size', 'quality', 'background', 'output_format', 'output_compression'];
const GENERATION = [...COMMON, 'moderation', 'user'];
const EDIT = [...COMMON, 'input_fidelity', 'user', 'image', 'mask'];
const MOST_PICTURES = 16;

export interface OpenaiDouble extends Double {
  /** The pictures that came with each edit, in order. */
  readonly edited: readonly (readonly File[])[];
}

/**
 * @param isCompatible answers as LocalAI and its like: takes any model and size, more fields, no key, and gives an
 *   address unless it is told otherwise
 */
export async function startOpenai({ key = 'test-key', isCompatible = false } = {}): Promise<OpenaiDouble> {
  const edited: File[][] = [];
  const refuse = (status: number, code: string | null, message: string, param: string | null = null): Answered => ({
    status,
    headers: { 'x-request-id': 'req_1' },
    body: { error: { message, type: 'invalid_request_error', param, code } },
  });
  const unknownKey = ({ headers }: Asked) => !isCompatible && headers.authorization !== `Bearer ${key}`;
  const badKey = refuse(401, 'invalid_api_key', 'Incorrect API key provided: sk-12***34.');

  function made(fields: Readonly<Record<string, unknown>>, allowed: readonly string[], pictures: File[]): Answered {
    const stranger = Object.keys(fields).find((name) => !allowed.includes(name));
    if (stranger && !isCompatible)
      return refuse(400, 'unknown_parameter', `Unknown parameter: '${stranger}'.`, stranger);
    const { model, prompt, size = 'auto' } = fields;
    if (typeof prompt !== 'string' || prompt === '') return refuse(400, 'missing_required_parameter', 'No prompt.');
    if (typeof model !== 'string' || (!isCompatible && !MODELS.includes(model)))
      return refuse(404, 'model_not_found', `The model '${model}' does not exist or you do not have access to it.`);
    if (!isCompatible && !takesSize(model, String(size)))
      return refuse(400, 'invalid_value', `Invalid size '${size}'.`, 'size');
    const picture = madePicture({ fields, pictures: pictures.length });
    const data = Buffer.from(picture).toString('base64');
    const given =
      isCompatible && fields['response_format'] !== 'b64_json' ? { url: '/unreachable' } : { b64_json: data };
    const image = pictures.length * 100;
    return {
      headers: { 'x-request-id': 'req_2' },
      body: {
        created: 1_795_000_000,
        data: [given],
        ...(isCompatible
          ? {}
          : {
              background: 'opaque',
              output_format: 'png',
              quality: 'medium',
              size,
              usage: {
                input_tokens: 20 + image,
                input_tokens_details: { text_tokens: 20, image_tokens: image },
                output_tokens: 1000,
                output_tokens_details: { image_tokens: 1000, text_tokens: 0 },
                total_tokens: 1020 + image,
              },
            }),
      },
    };
  }

  const double = await startDouble(() => [
    {
      method: 'POST',
      path: /^\/v1\/images\/generations$/,
      at: 'submit',
      answer(asked) {
        if (unknownKey(asked)) return badKey;
        return made(asked.json as Record<string, unknown>, GENERATION, []);
      },
    },
    {
      method: 'POST',
      path: /^\/v1\/images\/edits$/,
      at: 'submit',
      async answer(asked) {
        if (unknownKey(asked)) return badKey;
        const form = await new Response(Uint8Array.from(asked.body), {
          headers: { 'content-type': asked.headers['content-type'] ?? '' },
        }).formData();
        if (form.getAll('image').length > 1) return refuse(400, 'duplicate_parameter', "Use 'image[]'.", 'image');
        const entries = [...form].map(([name, value]) => [name.replace(/\[\]$/, ''), value] as const);
        const pictures = entries.filter(([name]) => name === 'image').map(([, value]) => value);
        if (pictures.length === 0 || pictures.length > MOST_PICTURES || pictures.some((one) => typeof one === 'string'))
          return refuse(400, 'invalid_value', 'Between 1 and 16 files are needed.', 'image');
        edited.push(pictures as File[]);
        return made(
          { ...Object.fromEntries(entries), image: (pictures as File[]).map(({ type }) => type) },
          EDIT,
          pictures as File[],
        );
      },
    },
    {
      method: 'GET',
      path: /^\/v1\/models$/,
      answer: (asked) =>
        unknownKey(asked)
          ? badKey
          : { body: { object: 'list', data: MODELS.map((id) => ({ id, object: 'model', owned_by: 'openai' })) } },
    },
  ]);
  return Object.assign(double, { edited });
}

function takesSize(model: string, size: string): boolean {
  if (['auto', '1024x1024', '1536x1024', '1024x1536'].includes(size)) return true;
  const [, width, height] = (/^(\d+)x(\d+)$/.exec(size) ?? []).map(Number);
  if (!width || !height || !model.startsWith('gpt-image-2')) return false;
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const pixels = width * height;
  return (
    width % 16 === 0 &&
    height % 16 === 0 &&
    long <= 3840 &&
    long <= 3 * short &&
    pixels >= 655_360 &&
    pixels <= 8_294_400
  );
}
