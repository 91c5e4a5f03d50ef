/** Whatever the job service answers, it answers the page of this gateway only: each of its paths, as it lists them. */
import { mkdtemp } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobRoutes, openJobs, type OpenJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { serve } from '../../src/gateway/server.js';
import { queueAdapter, startQueue, type QueueDouble } from '../contract/queue.ts';

let queue: QueueDouble;
let jobs: OpenJobs;
let server: Awaited<ReturnType<typeof serve>>;
let paths: readonly (readonly [method: string, path: string])[];
beforeAll(async () => {
  queue = await startQueue();
  const home = await mkdtemp(join(tmpdir(), 'triptych-home-'));
  jobs = await openJobs({ TRIPTYCH_HOME: home, QUEUE_KEY: 'queue-secret' }, [queueAdapter(queue.url, false)]);
  const routes = jobRoutes(jobs.service);
  server = await serve(home, 0, { routes });
  const listed = routes.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
  paths = [...new Set(listed)].map((one) => {
    const [method = '', path = ''] = one.replace('/providers/:id', '/providers/queue').replace(':id', 't1').split(' ');
    return [method, path];
  });
});
afterAll(async () => {
  await server.close();
  await jobs.close();
  await queue.close();
});

/** The status it is answered with, and whether another site may read it. */
const asked = (method: string, path: string, headers: Record<string, string>) =>
  new Promise<string>((resolve, reject) => {
    const { port } = new URL(server.url);
    const going = request({
      host: '127.0.0.1',
      port,
      method,
      path: `/gateway${path}`,
      headers,
      setHost: !headers['host'],
    });
    going.on('error', reject).on('response', (response) => {
      const isOpen = Object.keys(response.headers).some((name) => name.startsWith('access-control'));
      resolve(`${response.statusCode}${isOpen ? ', and others may read it' : ''}`);
      response.destroy();
    });
    going.end();
  });
const cookie = () => `triptych-${new URL(server.url).port}=${server.token}`;

test('it lists what there is', () => {
  expect(paths.length).toBeGreaterThan(15);
  expect(paths).toContainEqual(['PUT', '/jobs/t1']);
});

test.each(['evil.example', 'localhost.evil.example', 'localhost.', '0.0.0.0', '192.168.1.5', '2130706433'])(
  'under the name %s nothing is reached, though the cookie is right',
  async (host) => {
    for (const [method, path] of paths)
      expect([method, path, await asked(method, path, { host, cookie: cookie() })]).toEqual([method, path, '403']);
  },
);

test.each(['http://evil.example', 'null', 'http://localhost:3000', 'https://localhost'])(
  'a page of %s reaches nothing, though its browser sends the cookie',
  async (origin) => {
    for (const [method, path] of paths)
      expect([method, path, await asked(method, path, { origin, cookie: cookie() })]).toEqual([method, path, '403']);
  },
);

test('without the cookie of this start, or with half of it, nothing is reached', async () => {
  for (const [method, path] of paths)
    for (const given of ['', 'x=1', cookie().slice(0, -1), `${cookie()}x`, cookie().replace(/=.*/, '=')])
      expect([method, path, await asked(method, path, { cookie: given })]).toEqual([method, path, '401']);
  expect(queue.asked).toEqual([]);
});
