/** The plainest service there is, with its adapter: what the job service is tested with, whoever the vendor. */
import type { Adapter, Call } from '../../src/providers/adapter.ts';
import { kindOfStatus, retryAfterOf, ServiceTrouble } from '../../src/providers/service-trouble.ts';
import type { Micros } from '../../src/core/money.ts';
import { startDouble, type Double } from './double.ts';

/** A picture of one pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

export interface QueueDouble extends Double {
  readonly settings: {
    /** Jobs end when they were asked after so often; never, where it is Infinity. */
    questions: number;
    /** What jobs end with. */
    output: Uint8Array;
  };
}

export async function startQueue(): Promise<QueueDouble> {
  const jobs = new Map<string, { name: string; asked: number; isCancelled: boolean }>();
  const settings = { questions: 1, output: new Uint8Array(PIXEL) as Uint8Array };
  const double = await startDouble((url) => [
    {
      method: 'POST',
      path: /^\/jobs$/,
      at: 'submit',
      answer({ json }) {
        const job = `j${jobs.size}`;
        jobs.set(job, { name: (json as { name: string }).name, asked: 0, isCancelled: false });
        return { status: 201, body: { job } };
      },
    },
    {
      method: 'GET',
      path: /^\/jobs$/,
      answer: ({ query }) => ({ body: { job: [...jobs].find(([, { name }]) => name === query.get('name'))?.[0] } }),
    },
    {
      method: 'GET',
      path: /^\/jobs\/(\w+)$/,
      at: 'status',
      answer(_, [, id]) {
        const job = jobs.get(id!);
        if (!job) return { status: 404, body: {} };
        if (job.isCancelled) return { body: { state: 'cancelled' } };
        return {
          body: job.asked++ < settings.questions ? { state: 'running' } : { state: 'done', url: `${url()}/out/${id}` },
        };
      },
    },
    { method: 'GET', path: /^\/out\/(\w+)$/, at: 'output', answer: () => ({ body: settings.output }) },
    {
      method: 'DELETE',
      path: /^\/jobs\/(\w+)$/,
      answer(_, [, id]) {
        const job = jobs.get(id!)!;
        job.isCancelled = true;
        return { body: { answer: job.asked === 0 ? 'cancelled' : 'late' } };
      },
    },
    { method: 'POST', path: /^\/pictures$/, answer: () => ({ body: {} }) },
    { method: 'GET', path: /^\/account$/, answer: () => ({ body: {} }) },
  ]);
  return Object.assign(double, { settings });
}

/** `canLookUp`: it finds jobs by the name we gave them. */
export const queueAdapter = (home: string, canLookUp: boolean, id = 'queue'): Adapter => ({
  id,
  version: 1,
  name: 'Queue',
  home,
  hosts: [],
  keyNames: ['QUEUE_KEY'],
  atOnce: 4,
  longestMs: 60_000,
  async submit(request, access) {
    for (const { picture } of request.references) {
      const { bytes } = await access.picture(picture);
      await access.call({ method: 'POST', to: '/pictures', body: bytes });
    }
    const json = { name: access.id, prompt: request.prompt };
    const answer = await access.call({ method: 'POST', to: '/jobs', json, pays: true, headers: keyOf(access.key) });
    return { job: { job: (answer.json as { job: string }).job } };
  },
  async follow({ job }, access) {
    for (;;) {
      const { json } = await access.call({ to: `/jobs/${job}` });
      const { state, url } = json as { state: string; url?: string };
      if (url) return { output: { url }, charged: 40_000 as Micros, seed: 7 };
      if (state === 'cancelled') throw new ServiceTrouble('cancelled', 'Cancelled there.');
      access.report({ state: 'running', fraction: 0.5 });
      await access.pause(1000);
    }
  },
  ...(canLookUp
    ? {
        async lookup(id, access) {
          const { job } = (await access.call({ to: `/jobs?name=${id}` })).json as { job?: string };
          return job ? { job: { job } } : undefined;
        },
      }
    : {}),
  async cancel({ job }, access) {
    const { json } = await access.call({ method: 'DELETE', to: `/jobs/${job}` });
    return (json as { answer: 'cancelled' | 'late' }).answer;
  },
  classify: ({ status, headers, json }) =>
    new ServiceTrouble(
      (json as { code?: string } | undefined)?.code === 'policy' ? 'refused' : kindOfStatus(status),
      `Queue answered ${status}.`,
      { status, ...given(retryAfterOf(headers, Date.now())) },
    ),
  async test(access) {
    await access.call({ to: '/account', headers: keyOf(access.key) });
  },
});
const keyOf = (key: string | undefined): NonNullable<Call['headers']> => ({ authorization: `Bearer ${key}` });
const given = (retryAfterMs: number | undefined) => (retryAfterMs === undefined ? {} : { retryAfterMs });
