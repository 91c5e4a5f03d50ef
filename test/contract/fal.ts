/** fal's queue, uploads and price list, as its documentation and its own client have them. */
import { startDouble, type Answered, type Asked, type Double, type Route } from './double.ts';
import { MADE_CLIP } from './made-picture.ts';

/** How a job goes that is sent. */
export interface FalCourse {
  /** Jobs before this one, at each question while it waits. */
  readonly places?: readonly number[];
  /** Questions that find it at work. */
  readonly atWork?: number;
  /** Told by its last status. */
  readonly error?: { readonly error: string; readonly error_type?: string };
  /** In place of its result. */
  readonly result?: Answered;
  /** Its result is not kept. */
  readonly isGone?: boolean;
}
export interface FalDouble extends Double {
  /** How the next jobs go, one each, in order; the others wait once and are at work once. */
  next(...courses: readonly FalCourse[]): void;
  /** From now on no job gets any further, however often it is asked after, until `go`. */
  hold(): void;
  go(): void;
  /** What each job was asked for. */
  readonly inputs: readonly Readonly<Record<string, unknown>>[];
  readonly uploads: ReadonlyMap<string, Buffer>;
}

export const FAL_KEY = 'key-id:key-secret';
/** Apps that are there; others answer 404. */
const OWNERS = ['fal-ai', 'wan', 'xai', 'bria'];
const PRICES: Readonly<Record<string, { readonly unit_price: number; readonly unit: string }>> = {
  'fal-ai/flux/schnell': { unit_price: 0.003, unit: 'megapixels' },
  'fal-ai/nano-banana-pro': { unit_price: 0.15, unit: 'images' },
  'fal-ai/veo3.1': { unit_price: 0.2, unit: 'seconds' },
  'fal-ai/minimax/video-01-director': { unit_price: 0.5, unit: 'videos' },
  'fal-ai/bytedance/seedance/v1/pro/fast/image-to-video': { unit_price: 0.04, unit: 'seconds' },
  'fal-ai/esrgan': { unit_price: 0.00111, unit: 'compute seconds' },
};
/** A PNG of one pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Job {
  readonly id: string;
  readonly app: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly course: FalCourse;
  readonly places: number[];
  atWork: number;
}

export async function startFal(): Promise<FalDouble> {
  const courses: FalCourse[] = [];
  let isHeld = false;
  const jobs = new Map<string, Job>();
  const inputs: Job['input'][] = [];
  const uploads = new Map<string, Buffer>();

  const routes = (url: () => string): readonly Route[] => {
    const withKey =
      (answer: Route['answer']): Route['answer'] =>
      (asked, match) =>
        asked.headers.authorization === `Key ${FAL_KEY}`
          ? answer(asked, match)
          : { status: 401, body: { detail: 'Authentication is required to access this application.' } };
    /** Status, result and cancel are at owner and app only, whatever else the model's name has. */
    const ofJob =
      (answer: (job: Job, asked: Asked) => Answered): Route['answer'] =>
      (asked, [, app, id = '']) => {
        const job = jobs.get(id);
        return job?.app === app ? answer(job!, asked) : { status: 404, body: { detail: 'Request not found' } };
      };
    const addresses = ({ app, id }: Job) => ({
      request_id: id,
      response_url: `${url()}/${app}/requests/${id}`,
      status_url: `${url()}/${app}/requests/${id}/status`,
      cancel_url: `${url()}/${app}/requests/${id}/cancel`,
    });

    function submit({ path, json }: Asked): Answered {
      const [owner = '', app = ''] = path.slice(1).split('/');
      if (!OWNERS.includes(owner)) return { status: 404, body: { detail: `Application "${app}" not found` } };
      const id = `request-${inputs.length + 1}`;
      const course = courses.shift() ?? {};
      const { places = [1], atWork = 1 } = course;
      const input = json as Job['input'];
      const job: Job = { id, app: `${owner}/${app}`, input, course, places: [...places], atWork };
      jobs.set(id, job);
      inputs.push(input);
      return {
        headers: { 'x-fal-request-id': id },
        body: { status: 'IN_QUEUE', ...addresses(job), queue_position: places[0] ?? 0 },
      };
    }
    /** Each question is a step further, unless all are held. */
    function status(job: Job, { query }: Asked): Answered {
      const place = isHeld ? (job.places[0] ?? 0) : job.places.shift();
      const said = { ...addresses(job), ...(query.get('logs') === '1' ? { logs: [] } : {}) };
      if (place !== undefined) return { status: 202, body: { status: 'IN_QUEUE', ...said, queue_position: place } };
      if (job.atWork-- > 0) return { status: 202, body: { status: 'IN_PROGRESS', ...said } };
      return { body: { status: 'COMPLETED', ...said, metrics: { inference_time: 1.5 }, ...job.course.error } };
    }
    function result(job: Job): Answered {
      const headers = { 'x-fal-request-id': job.id };
      if (job.atWork >= 0) return { status: 400, headers, body: { detail: 'Request is still in progress' } };
      if (job.course.isGone) return { status: 404, headers, body: { detail: 'Request not found' } };
      return { headers, ...(job.course.result ?? resultFor(job)) };
    }
    function resultFor({ id, app, input, course }: Job): Answered {
      if (course.error) return { status: 500, body: { detail: course.error.error, ...course.error } };
      if (typeof input['prompt'] !== 'string' && !('image_url' in input))
        return refusal('missing', 'Field required', 'prompt');
      const pictures = ['image_url', 'image_urls'].flatMap((name) => (input[name] ?? []) as string | string[]);
      if (!pictures.every((picture) => uploads.has(picture)))
        return refusal('file_download_error', 'Failed to download the file.', 'image_url');
      const seed = input['seed'] ?? 123_456;
      const isClip = 'duration' in input || /video|veo|kling/.test(app);
      const made = `${url()}/files/made/${id}`;
      if (isClip) return { body: { video: { url: `${made}.mp4`, content_type: 'video/mp4' }, seed } };
      const file = { url: `${made}.png`, content_type: 'image/png', width: 1, height: 1 };
      return { body: { images: [file], seed, has_nsfw_concepts: [false] } };
    }
    function cancel(job: Job): Answered {
      if (job.atWork < 0) return { status: 400, body: { status: 'ALREADY_COMPLETED' } };
      // What is at work is finished all the same.
      if (job.places.length > 0) jobs.delete(job.id);
      return { status: 202, body: { status: 'CANCELLATION_REQUESTED' } };
    }
    function initiate(): Answered {
      const name = `${uploads.size + 1}.png`;
      return { body: { upload_url: `${url()}/uploads/${name}`, file_url: `${url()}/files/${name}` } };
    }

    const job = '/([^/]+/[^/]+)/requests/([^/]+)';
    return [
      { method: 'POST', path: /^\/storage\/upload\/initiate$/, at: 'upload', answer: withKey(initiate) },
      {
        method: 'PUT',
        path: /^\/uploads\/(.+)$/,
        at: 'upload',
        answer({ body }, [, name]) {
          uploads.set(`${url()}/files/${name}`, body);
          return { headers: { 'content-type': 'text/plain' }, body: 'ok' };
        },
      },
      {
        method: 'GET',
        path: /^\/files\/made\/.+\.(\w+)$/,
        at: 'output',
        answer: (_, [, type]) => ({ body: type === 'mp4' ? MADE_CLIP : PIXEL }),
      },
      {
        method: 'GET',
        path: /^\/v1\/models\/pricing$/,
        answer: withKey(({ query }) => {
          const ids = query.get('endpoint_id')?.split(',') ?? [];
          return {
            body: {
              prices: ids.flatMap((endpoint_id) => {
                const price = PRICES[endpoint_id];
                return price ? { endpoint_id, ...price, currency: 'USD' } : [];
              }),
              has_more: false,
            },
          };
        }),
      },
      { method: 'GET', path: new RegExp(`^${job}/status$`), at: 'status', answer: withKey(ofJob(status)) },
      { method: 'GET', path: new RegExp(`^${job}$`), answer: withKey(ofJob(result)) },
      { method: 'PUT', path: new RegExp(`^${job}/cancel$`), answer: withKey(ofJob(cancel)) },
      { method: 'GET', path: /\/requests\//, answer: () => ({ status: 405, body: { detail: 'Method Not Allowed' } }) },
      { method: 'POST', path: /^\/[^/]+\/[^/]+/, at: 'submit', answer: withKey(submit) },
    ];
  };

  const double = await startDouble(routes);
  return Object.assign(double, {
    inputs,
    uploads,
    next: (...more: readonly FalCourse[]) => void courses.push(...more),
    hold: () => void (isHeld = true),
    go: () => void (isHeld = false),
  });
}

/** How a model refuses a request. */
export const refusal = (type: string, msg: string, field: string): Answered => ({
  status: 422,
  headers: { 'x-fal-retryable': 'false' },
  body: { detail: [{ loc: ['body', field], msg, type, url: `https://docs.fal.ai/errors#${type}` }] },
});
