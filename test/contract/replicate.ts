/** Replicate's predictions and files, as its documentation and its own client have them. */
import { startDouble, type Answered, type Asked, type Double, type Route } from './double.ts';
import { PIXEL } from './fal.ts';

type Status = 'starting' | 'processing' | 'succeeded' | 'failed' | 'canceled' | 'aborted';
/** How a prediction goes that is asked for. */
export interface ReplicateCourse {
  /** Questions that find it waiting for a machine. */
  readonly waits?: number;
  /** What its logs hold at each question while it is at work. */
  readonly logs?: readonly string[];
  /** How it ends. */
  readonly end?: {
    readonly status?: Exclude<Status, 'starting' | 'processing'>;
    readonly output?: unknown;
    readonly error?: string;
    readonly data_removed?: boolean;
    readonly predict_time?: number;
  };
}
export interface ReplicateDouble extends Double {
  /** Where its API lies. */
  readonly base: string;
  /** How the next predictions go, one each, in order. */
  next(...courses: readonly ReplicateCourse[]): void;
  /** What each was asked for: its model or version, and its input. */
  readonly orders: readonly { readonly model: string; readonly input: Readonly<Record<string, unknown>> }[];
  readonly files: ReadonlyMap<string, string>;
  readonly settings: {
    /** By how many milliseconds its clock goes before ours. */
    clock: number;
    /** Predictions on one page of the list. */
    pageSize: number;
  };
}

export const REPLICATE_TOKEN = 'r8_secret';
const MODELS = ['black-forest-labs/flux-schnell', 'wan-video/wan-2.2-5b-fast'];
const VERSION = '5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa';
export const VERSIONED = `stability-ai/sdxl:${VERSION}`;

interface Prediction {
  readonly id: string;
  readonly model: string;
  readonly version: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly course: ReplicateCourse;
  readonly at: number;
  waits: number;
  logs: string[];
  told: string;
  status: Status;
  hasStarted: boolean;
}

export async function startReplicate(): Promise<ReplicateDouble> {
  const courses: ReplicateCourse[] = [];
  const predictions: Prediction[] = [];
  const orders: ReplicateDouble['orders'][number][] = [];
  const files = new Map<string, string>();
  const settings = { clock: 0, pageSize: 100 };

  const routes = (url: () => string): readonly Route[] => {
    const withToken =
      (answer: Route['answer']): Route['answer'] =>
      (asked, match) =>
        asked.headers.authorization === `Bearer ${REPLICATE_TOKEN}`
          ? answer(asked, match)
          : problem(401, 'Unauthenticated', 'You did not pass a valid authentication token');

    function create(model: string, version: string, { json, headers }: Asked): Answered {
      const { input } = json as { input?: Prediction['input'] };
      if (typeof input !== 'object')
        return problem(422, 'Input validation failed', '- input is required', WITHOUT_INPUT);
      const course = courses.shift() ?? {};
      const id = `prediction${predictions.length + 1}`;
      const { waits = 1, logs = [''] } = course;
      const prediction: Prediction = {
        id,
        model,
        version,
        input,
        course,
        at: Date.now() + settings.clock,
        waits,
        logs: [...logs],
        told: '',
        status: 'starting',
        hasStarted: false,
      };
      predictions.push(prediction);
      orders.push({ model: version === 'hidden' ? model : version, input });
      // With `Prefer: wait` the answer comes when all is done, or the wait is over.
      if (String(headers['prefer']).startsWith('wait')) finish(prediction);
      return { status: prediction.status === 'starting' ? 202 : 201, body: view(prediction) };
    }
    const finish = (prediction: Prediction) => {
      prediction.status = prediction.course.end?.status ?? 'succeeded';
      prediction.hasStarted = prediction.status !== 'aborted';
    };
    /** Each question is a step further. */
    function advance(prediction: Prediction): void {
      if (prediction.status !== 'starting' && prediction.status !== 'processing') return;
      if (prediction.waits-- > 0) return;
      const more = prediction.logs.shift();
      if (more === undefined || prediction.course.end?.status === 'aborted') return finish(prediction);
      prediction.status = 'processing';
      prediction.hasStarted = true;
      prediction.told += more;
    }
    function view({ id, model, version, input, course, at, status, told, hasStarted }: Prediction) {
      const { end = {} } = course;
      const isOver = status !== 'starting' && status !== 'processing';
      const picture = `${url()}/delivery/${id}.png`;
      return {
        id,
        model,
        version,
        input: end.data_removed ? {} : input,
        status,
        source: 'api',
        logs: told,
        output: status === 'succeeded' ? ('output' in end ? end.output : [picture]) : null,
        error: status === 'failed' ? (end.error ?? 'It failed.') : null,
        data_removed: end.data_removed ?? false,
        created_at: time(at),
        started_at: hasStarted ? time(at + 1000) : null,
        completed_at: isOver ? time(at + 3000) : null,
        metrics: isOver && hasStarted ? { predict_time: end.predict_time ?? 2 } : {},
        urls: {
          get: `${url()}/v1/predictions/${id}`,
          cancel: `${url()}/v1/predictions/${id}/cancel`,
          web: `https://replicate.com/p/${id}`,
        },
      };
    }
    /** The newest first. */
    function page(query: URLSearchParams) {
      const after = Date.parse(query.get('created_after') ?? '') || 0;
      const before = Date.parse(query.get('created_before') ?? '') || Infinity;
      const from = Number(query.get('cursor') ?? 0);
      const all = predictions.filter(({ at }) => at >= after && at < before).toReversed();
      const more = new URLSearchParams(query);
      more.set('cursor', String(from + settings.pageSize));
      const next = all.length > from + settings.pageSize ? `${url()}/v1/predictions?${more}` : null;
      return { previous: null, next, results: all.slice(from, from + settings.pageSize).map(view) };
    }
    const ofPrediction =
      (answer: (prediction: Prediction) => void): Route['answer'] =>
      (_, [, id]) => {
        const prediction = predictions.find((each) => each.id === id);
        if (!prediction) return problem(404, 'Not found', 'The requested resource could not be found.');
        answer(prediction);
        return { body: view(prediction) };
      };
    function cancel(prediction: Prediction): void {
      if (prediction.status === 'starting' || prediction.status === 'processing') prediction.status = 'canceled';
    }

    return [
      { method: 'GET', path: /^\/delivery\//, at: 'output', answer: () => ({ body: PIXEL }) },
      {
        method: 'GET',
        path: /^\/v1\/account$/,
        answer: withToken(() => ({ body: { type: 'user', username: 'someone', name: 'Someone' } })),
      },
      {
        method: 'POST',
        path: /^\/v1\/files$/,
        at: 'upload',
        answer: withToken(({ body, headers }) => {
          if (!headers['content-type']?.startsWith('multipart/form-data'))
            return problem(400, 'Bad request', 'Missing content');
          const get = `${url()}/v1/files/file${files.size + 1}`;
          files.set(get, body.toString('latin1'));
          return { status: 201, body: { id: `file${files.size}`, metadata: {}, urls: { get } } };
        }),
      },
      {
        method: 'POST',
        path: /^\/v1\/predictions$/,
        at: 'submit',
        answer: withToken((asked) => {
          const { version } = asked.json as { version?: string };
          return version === VERSION
            ? create('stability-ai/sdxl', version, asked)
            : problem(422, 'Invalid version or not permitted', 'The specified version does not exist.');
        }),
      },
      {
        method: 'POST',
        path: /^\/v1\/models\/([^/]+\/[^/]+)\/predictions$/,
        at: 'submit',
        answer: withToken((asked, [, model = '']) =>
          MODELS.includes(model)
            ? create(model, 'hidden', asked)
            : problem(404, 'Not found', 'The requested resource could not be found.'),
        ),
      },
      {
        method: 'GET',
        path: /^\/v1\/predictions$/,
        at: 'list',
        answer: withToken(({ query }) => ({ body: page(query) })),
      },
      { method: 'GET', path: /^\/v1\/predictions\/(\w+)$/, at: 'status', answer: withToken(ofPrediction(advance)) },
      { method: 'POST', path: /^\/v1\/predictions\/(\w+)\/cancel$/, answer: withToken(ofPrediction(cancel)) },
    ];
  };

  const double = await startDouble(routes);
  return Object.assign(double, {
    base: `${double.url}/v1`,
    orders,
    files,
    settings,
    next: (...more: readonly ReplicateCourse[]) => void courses.push(...more),
  });
}

const WITHOUT_INPUT = { invalid_fields: [{ type: 'required', field: '', description: 'input is required' }] };
const time = (at: number) => new Date(at).toISOString();
const problem = (status: number, title: string, detail: string, more = {}): Answered => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { title, detail, status, ...more },
});
