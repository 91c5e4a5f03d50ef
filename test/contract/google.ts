/** The Gemini API as its client and its reference describe it. Strict: what it does not know it refuses. */
import { MADE_CLIP, madePicture } from './made-picture.ts';
import { startDouble, type Answered, type Asked, type Double } from './double.ts';

export const PICTURE_MODEL = 'gemini-nano-banana-2.1';
export const CLIP_MODEL = 'gemini-omni-1.2-flash';

interface Interaction {
  readonly id: string;
  readonly asked: unknown;
  /** How it goes: one state for each time it is asked after, the last one stays. */
  readonly course: string[];
}
export interface GoogleDouble extends Double {
  /** What the next picture is answered with, in place of a picture. */
  answerNext(body: unknown): void;
  /** How the next clip goes, and what it ends with. */
  clipGoes(course: readonly string[], ending?: { readonly inline?: true; readonly body?: object }): void;
  /** States of the file, each asked after once. */
  fileGoes(states: readonly string[]): void;
}

const GENERATION_CONFIG = ['responseModalities', 'imageConfig', 'seed', 'candidateCount', 'temperature'];
const RATIOS = ['1:1', '1:4', '4:1', '1:8', '8:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'];
const INTERACTION = ['model', 'input', 'background', 'store', 'stream', 'response_format', 'generation_config'];
const CLIP_FORMAT = ['type', 'aspect_ratio', 'resolution', 'duration', 'delivery'];
const DURATIONS = [undefined, ...Array.from({ length: 13 }, (_, at) => `${at + 3}s`)];
const TASKS = ['text_to_video', 'image_to_video', 'reference_to_video', 'edit', 'extend', 'upscale'];

export const googleError = (code: number, status: string, details?: readonly object[]) => ({
  error: { code, message: 'As the service words it.', status, ...(details ? { details } : {}) },
});
const wrong = (): Answered => ({ status: 400, body: googleError(400, 'INVALID_ARGUMENT') });
const notFound = (): Answered => ({ status: 404, body: googleError(404, 'NOT_FOUND') });

export async function startGoogle({ key = 'test-key' } = {}): Promise<GoogleDouble> {
  const interactions = new Map<string, Interaction>();
  let nextAnswer: unknown;
  let course: readonly string[] = ['queued', 'in_progress', 'completed'];
  let ending: { readonly inline?: true; readonly body?: object } = {};
  let fileStates: string[] = ['PROCESSING', 'ACTIVE'];

  /** The key goes in a header; whoever puts it into the address is refused here. */
  const guarded =
    (answer: (asked: Asked, match: RegExpExecArray) => Answered) => (asked: Asked, match: RegExpExecArray) => {
      if (asked.query.has('key')) return wrong();
      if (asked.headers['x-goog-api-key'] === key) return answer(asked, match);
      const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' };
      return { status: 400, body: googleError(400, 'INVALID_ARGUMENT', [info]) };
    };

  function picture(asked: Asked, model: string): Answered {
    if (model !== PICTURE_MODEL) return notFound();
    const body = asked.json as Body;
    const { contents, generationConfig } = body;
    const config = generationConfig as Body;
    const shape = config['imageConfig'] as Body;
    const isKnown =
      hasOnly(body, ['contents', 'generationConfig']) &&
      hasOnly(config, GENERATION_CONFIG) &&
      hasOnly(shape, ['aspectRatio', 'imageSize']) &&
      RATIOS.includes(String(shape['aspectRatio'])) &&
      ['512', '1K', '2K', '4K', undefined].includes(shape['imageSize'] as string | undefined);
    if (!isKnown) return wrong();
    const given = nextAnswer;
    nextAnswer = undefined;
    if (given) return { body: given };
    const data = Buffer.from(madePicture({ model, contents, config })).toString('base64');
    const thought = Buffer.from(madePicture('a thought')).toString('base64');
    return {
      body: {
        candidates: [
          {
            index: 0,
            finishReason: 'STOP',
            content: {
              role: 'model',
              parts: [
                { thought: true, inlineData: { mimeType: 'image/png', data: thought } },
                { text: 'Here it is.' },
                { inlineData: { mimeType: 'image/png', data } },
              ],
            },
          },
        ],
        usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 1120, totalTokenCount: 1132 },
        modelVersion: model,
      },
    };
  }

  function begin(asked: Asked): Answered {
    const body = asked.json as Body;
    const format = body['response_format'] as Body;
    const config = (body['generation_config'] ?? { video_config: { task: TASKS[0] } }) as { video_config: Body };
    const isKnown =
      hasOnly(body, INTERACTION) &&
      hasOnly(format, CLIP_FORMAT) &&
      format['type'] === 'video' &&
      ['16:9', '9:16'].includes(String(format['aspect_ratio'])) &&
      ['360p', '720p', '1080p', '4k'].includes(String(format['resolution'])) &&
      DURATIONS.includes(format['duration'] as string | undefined) &&
      TASKS.includes(String(config.video_config['task'])) &&
      (body['store'] === true || body['background'] !== true);
    if (!isKnown) return wrong();
    if (body['model'] !== CLIP_MODEL) return notFound();
    const one: Interaction = { id: `v1_${interactions.size + 1}`, asked: body, course: [...course] };
    interactions.set(one.id, one);
    return { body: { ...shown(one, one.course[0]!), steps: [] } };
  }

  const shown = ({ id, asked }: Interaction, status: string) => ({
    id,
    object: 'interaction',
    model: (asked as Body)['model'],
    status,
    created: '2026-11-27T12:00:00Z',
    updated: '2026-11-27T12:00:00Z',
  });

  function after(id: string): Answered {
    const one = interactions.get(id);
    if (!one) return notFound();
    const status = one.course.length > 1 ? one.course.shift()! : one.course[0]!;
    const clip = ending.inline
      ? { type: 'video', mime_type: 'video/mp4', data: Buffer.from(MADE_CLIP).toString('base64') }
      : { type: 'video', mime_type: 'video/mp4', uri: `${double.url}/v1beta/files/clip1:download?alt=media` };
    const steps = [
      { type: 'user_input', content: [{ type: 'text', text: '…' }] },
      { type: 'model_output', content: [{ type: 'text', text: 'A clip.' }, clip] },
    ];
    return { body: { ...shown(one, status), steps: status === 'completed' ? steps : [], ...ending.body } };
  }

  const double = await startDouble(() => [
    {
      method: 'POST',
      path: /^\/v1beta\/models\/([^/]+):generateContent$/,
      at: 'submit',
      answer: guarded((asked, match) => picture(asked, match[1]!)),
    },
    { method: 'POST', path: /^\/v1beta\/interactions$/, at: 'submit', answer: guarded(begin) },
    {
      method: 'GET',
      path: /^\/v1beta\/interactions\/([^/]+)$/,
      at: 'status',
      answer: guarded((_, match) => after(match[1]!)),
    },
    {
      method: 'POST',
      path: /^\/v1beta\/interactions\/([^/]+)\/cancel$/,
      answer: guarded((_, match) => {
        const one = interactions.get(match[1]!);
        if (!one) return notFound();
        if (one.course.length === 1) return { status: 400, body: googleError(400, 'FAILED_PRECONDITION') };
        one.course.splice(0, Infinity, 'cancelled');
        return { body: shown(one, 'cancelled') };
      }),
    },
    {
      method: 'GET',
      path: /^\/v1beta\/files\/clip1$/,
      answer: guarded(() => ({
        body: { name: 'files/clip1', state: fileStates.length > 1 ? fileStates.shift() : fileStates[0] },
      })),
    },
    {
      method: 'GET',
      path: /^\/v1beta\/files\/clip1:download$/,
      at: 'output',
      answer: guarded(() => ({ headers: { 'content-type': 'video/mp4' }, body: MADE_CLIP })),
    },
    {
      method: 'GET',
      path: /^\/v1beta\/models$/,
      answer: guarded(() => ({ body: { models: [{ name: `models/${PICTURE_MODEL}` }] } })),
    },
  ]);
  return Object.assign(double, {
    answerNext: (body: unknown) => void (nextAnswer = body),
    clipGoes(states: readonly string[], end: typeof ending = {}) {
      course = states;
      ending = end;
    },
    fileGoes: (states: readonly string[]) => void (fileStates = [...states]),
  });
}

type Body = Readonly<Record<string, unknown>>;
const hasOnly = (body: Body, names: readonly string[]) => Object.keys(body).every((each) => names.includes(each));
