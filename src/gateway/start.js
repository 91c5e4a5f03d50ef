/** `npm start`: installs, builds and serves, each only when needed. */
import { ensureInstalled } from '../setup/install.js';

const USUAL_PORT = 4173;

/** Says what is wrong, and ends. @param {readonly string[]} lines @returns {never} */
function stop(...lines) {
  console.error(`\n  ${lines.join('\n  ')}\n`);
  process.exit(1);
}

/** How to start at another port, in the words of this machine's command line. @param {number} port */
const startAt = (port) => (process.platform === 'win32' ? `set PORT=${port} && npm start` : `PORT=${port} npm start`);

const port = Number(process.env['PORT'] ?? USUAL_PORT);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  stop(`“${process.env['PORT']}” is no port.`, `Choose a number up to 65535: ${startAt(USUAL_PORT)}`);

ensureInstalled();
const { ensureBuilt } = await import('../setup/build.js');
const { announce } = await import('./announcement.js');
const { loadJobs } = await import('./load-jobs.js');
const { buildIn, serve } = await import('./server.js');
const { whoAnswersAt } = await import('./neighbour.js');

/** @type {string} */
let folder;
try {
  folder = await ensureBuilt();
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}
const jobs = await loadJobs();
if (jobs.problem) console.error(`\n  ${jobs.problem}`);
try {
  const { url, token } = await serve(folder, port, jobs);
  // Where it cannot be written down, the command line asks services by itself.
  const withdraw =
    jobs.home === undefined
      ? undefined
      : await announce(jobs.home, { port: Number(new URL(url).port), token }).catch(() => undefined);
  const end = async () => {
    await withdraw?.();
    await jobs.close?.();
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.once(signal, () => void end().finally(() => process.exit(0)));
  console.log(`\n  Triptych is ready: ${url}\n\n  Stop it with Ctrl+C.`);
} catch (error) {
  const code = /** @type {NodeJS.ErrnoException} */ (error).code;
  await jobs.close?.();
  if (code === 'EACCES')
    stop(`Port ${port} may not be used on this computer.`, `Choose another: ${startAt(USUAL_PORT)}`);
  if (code !== 'EADDRINUSE') throw error;
  const neighbour = await whoAnswersAt(port);
  // Never another port by itself: a browser keeps graphs by address, and would show an empty gallery there.
  if (!neighbour)
    stop(
      `Port ${port} is taken by another program, so Triptych was not started.`,
      `Choose another port: ${startAt(port + 1)}`,
      'Your graphs belong to the address they were made at: another port shows a gallery of its own.',
    );
  console.log(`\n  Triptych runs already: http://localhost:${port}/\n`);
  if (neighbour.build !== (await buildIn(folder)))
    console.log(`  It serves another version, from ${neighbour.folder}. Stop that one first to use this.\n`);
}
