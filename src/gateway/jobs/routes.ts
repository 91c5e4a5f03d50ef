/** The job service over HTTP, for the page of this gateway: below `/gateway`, loopback and same origin only. */
import { basename, dirname } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { streamSSE } from 'hono/streaming';
import { NodeError } from '../../core/errors.ts';
import { LONGEST_ID, MOST_OWN_NODES } from '../../core/limits.ts';
import { isRecord } from '../../core/loose.ts';
import { isMicros } from '../../core/money.ts';
import { say, type Said } from '../../core/say.ts';
import type { PictureFile } from '../../providers/adapter.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';
import type { JobView } from '../../routing/job.ts';
import { asJobTrouble } from './job-course.ts';
import { isJobName } from './job-files.ts';
import type { JobService } from './job-service.ts';
import { orderIn, priceQuestionsIn } from './order.ts';
import { sendFile } from '../serve-files.js';

const LARGEST_ORDER = 256 * 2 ** 20;
const LARGEST_QUESTION = 64 * 2 ** 10;
/** Of names of nodes. */
const LARGEST_LIST = 2 ** 20;
/** A stream that says nothing for so long may have been cut on the way. */
const HEARTBEAT_MS = 15_000;

export function jobRoutes(service: JobService): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const small = atMost(LARGEST_QUESTION);

  app.onError((error, c) => {
    console.error(error);
    if (error instanceof NodeError) return c.json(whyNot(error), 503);
    if (!isUnwritable(error)) return c.text('Something unexpected happened here.', 500);
    const trouble = new ServiceTrouble('broken', say('This could not be written down on this computer.'), {
      hint: say('Its disk may be full, or its folder not be yours to write in.'),
    });
    return c.json(asJobTrouble(trouble), 507);
  });
  // A HEAD would do what a GET does, and open streams that nobody reads.
  app.use(async (c, next) =>
    c.req.method === 'HEAD' && !c.req.path.endsWith('/output') ? c.body(null, 405, { Allow: 'GET' }) : next(),
  );
  app.get('/providers', async (c) => c.json(await service.providers()));
  app.get('/budget', async (c) => c.json({ monthlyBudget: (await service.budget()) ?? null }));
  app.put('/budget', small, async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined);
    const monthly = isRecord(body) ? body['monthlyBudget'] : undefined;
    if (monthly !== null && !isMicros(monthly)) return refuse(c, say('This is no amount of money.'));
    await service.keepBudget(monthly ?? undefined);
    return c.body(null, 204);
  });
  app.get('/booked', async (c) => {
    const since = Number(c.req.query('since'));
    return Number.isFinite(since) ? c.json(await service.booked(since)) : c.text('This is no time.', 400);
  });
  app.post('/quotes', small, async (c) => {
    const asked = priceQuestionsIn(await c.req.json().catch(() => undefined));
    return asked ? c.json(await service.quotes(asked)) : c.text('These are no models.', 400);
  });
  app.post('/providers/:id/test', small, async (c) => answer(c, await service.test(c.req.param('id'))));
  app.put('/providers/:id/key', small, async (c) => {
    const key = textIn(await bodyOf(c), 'key');
    if (key === undefined || key.length > 4096 || /[^\x21-\x7e]/.test(key.trim()))
      return refuse(c, say('This is no key: it has characters that no key has.'), COPY_ANEW);
    return answer(c, await service.enterKey(c.req.param('id'), key.trim()));
  });
  app.put('/providers/:id/address', small, async (c) => {
    const address = textIn(await bodyOf(c), 'address');
    if (address === undefined) return refuse(c, say('This is no address.'));
    return answer(c, await service.useServer(c.req.param('id'), address).catch(noPlaceOfTheirs));
  });
  app.post('/providers/:id/nodes', atMost(LARGEST_LIST), async (c) => {
    const names = namesIn(await bodyOf(c));
    if (!names) return c.text('This is no list of nodes.', 400);
    try {
      return answer(c, await service.nodes(c.req.param('id'), names));
    } catch (thrown) {
      if (thrown instanceof ServiceTrouble) return c.json(asJobTrouble(thrown), 502);
      throw thrown;
    }
  });
  app.post('/servers', async (c) => c.json(await service.findServers()));

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

/** A journal that is damaged, told as the server's greeting tells why there is none. */
const whyNot = ({ said, hint }: NodeError) => ({ message: said, ...(hint === undefined ? {} : { hint }) });

const COPY_ANEW = say('Copy it anew, without quotes and line breaks.');

/** Who does not say beforehand how much comes is not read: no browser does so, and no client of ours. */
const atMost =
  (most: number): MiddlewareHandler =>
  async (c, next) => {
    if (c.req.header('transfer-encoding') !== undefined) return c.text('Say how long this is.', 411);
    return Number(c.req.header('content-length') ?? 0) > most ? c.text('This is too large.', 413) : next();
  };

const refuse = (c: Context, said: Said, hint?: Said) =>
  c.json(asJobTrouble(new ServiceTrouble('invalid', said, hint === undefined ? {} : { hint })), 400);

/** Of files, and of the database: a full disk, or a folder that is gone or that nobody may write in. */
const isUnwritable = (error: Error): boolean =>
  'syscall' in error || ('code' in error && /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN)/.test(String(error.code)));

const bodyOf = (c: Context): Promise<unknown> => c.req.json().catch(() => undefined);
function textIn(body: unknown, name: string): string | undefined {
  const text = isRecord(body) ? body[name] : undefined;
  return typeof text === 'string' ? text : undefined;
}
function namesIn(body: unknown): readonly string[] | undefined {
  const names = isRecord(body) ? body['names'] : undefined;
  const isName = (name: unknown) => typeof name === 'string' && name !== '' && name.length <= LONGEST_ID;
  return Array.isArray(names) && names.length <= MOST_OWN_NODES && names.every(isName)
    ? (names as string[])
    : undefined;
}
/** Whoever asks for another address is told that there is none. */
function noPlaceOfTheirs(thrown: unknown): undefined {
  if (!(thrown instanceof RangeError)) throw thrown;
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
