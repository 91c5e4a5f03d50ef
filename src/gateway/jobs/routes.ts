/** The job service over HTTP, for the page of this gateway: below `/gateway`, loopback and same origin only. */
import { basename, dirname } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { isRecord } from '../../core/loose.ts';
import { say } from '../../core/say.ts';
import type { PictureFile } from '../../providers/adapter.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';
import type { JobView } from '../../routing/job.ts';
import { asJobTrouble } from './job-course.ts';
import { isJobName } from './job-files.ts';
import type { JobService } from './job-service.ts';
import { orderIn } from './order.ts';
import { sendFile } from '../serve-files.js';

const LARGEST_ORDER = 256 * 2 ** 20;
const LARGEST_QUESTION = 64 * 2 ** 10;
/** A stream that says nothing for so long may have been cut on the way. */
const HEARTBEAT_MS = 15_000;

export function jobRoutes(service: JobService): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const atMost = (maxSize: number) => bodyLimit({ maxSize, onError: (c) => c.text('This is too large.', 413) });
  const small = atMost(LARGEST_QUESTION);

  // A HEAD would do what a GET does, and open streams that nobody reads.
  app.use(async (c, next) =>
    c.req.method === 'HEAD' && !c.req.path.endsWith('/output') ? c.body(null, 405, { Allow: 'GET' }) : next(),
  );
  app.get('/providers', async (c) => c.json(await service.providers()));
  app.post('/providers/:id/test', small, async (c) => answer(c, await service.test(c.req.param('id'))));
  app.put('/providers/:id/key', small, async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined);
    const key = isRecord(body) ? body['key'] : undefined;
    if (typeof key !== 'string' || key.length > 4096 || /[^\x21-\x7e]/.test(key.trim()))
      return c.text('This is no key.', 400);
    return answer(c, await service.enterKey(c.req.param('id'), key.trim()));
  });

  app.use('/jobs/:id/*', checkName);
  app.use('/jobs/:id', checkName);
  app.put('/jobs/:id', atMost(LARGEST_ORDER), async (c) => {
    const form = await c.req.formData().catch(() => undefined);
    const order = form && orderIn(form.get('order'));
    if (!order) return c.text('This is no job.', 400);
    try {
      return c.json(await service.put(c.req.param('id'), order, await picturesIn(form)));
    } catch (thrown) {
      if (!(thrown instanceof ServiceTrouble)) throw thrown;
      return c.json(asJobTrouble(thrown), thrown.facts.code === 'over-budget' ? 402 : 400);
    }
  });
  app.get('/jobs/:id', async (c) => answer(c, await service.get(c.req.param('id'))));
  app.post('/jobs/:id/cancel', async (c) => answer(c, await service.cancel(c.req.param('id'))));
  app.post('/jobs/:id/look', async (c) => answer(c, await service.lookAgain(c.req.param('id'))));
  app.post('/jobs/:id/lost', async (c) => answer(c, await service.countLost(c.req.param('id'))));
  // Players of clips ask for parts.
  app.get('/jobs/:id/output', async (c) => {
    const id = c.req.param('id');
    const media = (await service.get(id))?.media;
    if (!media) return c.notFound();
    for (const [name, value] of Object.entries({ 'Content-Type': media.mime, ...NOT_SHOWN })) c.header(name, value);
    const file = service.output(id);
    return sendFile(c, dirname(file), basename(file));
  });
  app.get('/jobs/:id/preview', async (c) => {
    const picture = await service.preview(c.req.param('id'));
    return picture ? c.body(picture.bytes, 200, { 'Content-Type': picture.mime, ...NOT_SHOWN }) : c.notFound();
  });

  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      // Told once each, however often they change while whoever listens is slow.
      const changed = new Set<string>();
      let wake = () => {};
      const stop = service.listen((id) => {
        changed.add(id);
        wake();
      });
      stream.onAbort(() => {
        stop();
        wake();
      });
      const isHere = () => stream.writeSSE({ event: 'here', data: '' });
      await isHere();
      while (!stream.aborted) {
        if (changed.size === 0) {
          const isQuiet = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(true), HEARTBEAT_MS);
            wake = () => {
              clearTimeout(timer);
              resolve(false);
            };
          });
          if (isQuiet) await isHere();
        }
        for (const id of changed) {
          changed.delete(id);
          const view: JobView | undefined = await service.get(id);
          if (view) await stream.writeSSE({ event: 'job', data: JSON.stringify(view) });
        }
      }
    }),
  );
  return app;
}

/** A result is somebody else's file: it is data here, never a page. */
const NOT_SHOWN = { 'Content-Disposition': 'attachment', 'Cache-Control': 'no-store' };

const checkName = async (c: Context, next: () => Promise<void>) =>
  isJobName(c.req.param('id') ?? '')
    ? next()
    : c.json(asJobTrouble(new ServiceTrouble('invalid', say('This is no name of a job.'))), 400);

const answer = (c: Context, view: object | undefined) => (view ? c.json(view) : c.notFound());

async function picturesIn(form: FormData): Promise<ReadonlyMap<string, PictureFile>> {
  const pictures = new Map<string, PictureFile>();
  for (const [name, part] of form) {
    if (typeof part === 'string' || !isJobName(name)) continue;
    pictures.set(name, { bytes: new Uint8Array(await part.arrayBuffer()), mime: part.type });
  }
  return pictures;
}
