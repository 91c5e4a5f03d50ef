import { get } from 'node:http';
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { serve } from '../../src/gateway/server.js';

const folder = join(mkdtempSync(join(tmpdir(), 'triptych-')), 'dist');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(folder, 'index.html'), '<title>hello</title>');
writeFileSync(join(folder, '../secret.txt'), 'secret');
const server = await serve(folder, 0);
afterAll(() => server.close());

const ask = (path: string, headers = {}) =>
  new Promise<{ status: number; body: string; type: string; policy: string }>((resolve) =>
    get(new URL(server.url).origin.replace('localhost', '127.0.0.1') + path, { headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, body, type: String(response.headers['content-type']), policy: String(response.headers['content-security-policy']) }));
    }),
  );

test('the app is served with a policy that lets nothing foreign in', async () => {
  const answer = await ask('/');
  expect(answer).toMatchObject({ status: 200, body: '<title>hello</title>', type: 'text/html; charset=utf-8' });
  expect(answer.policy).toContain("default-src 'self'");
});
test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/nothing', '/gateway/fal/run', '/%E0%A4%A'])('%s gives nothing away', async (path) => {
  const answer = await ask(path);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.body).not.toContain('secret');
});
test('a foreign host name is refused', async () => expect((await ask('/', { host: 'evil.example' })).status).toBe(403));
