/**
 * `npm run triptych -- check|plan|run graph.triptych.json [--rows] [--draft] [--cap 5] [--accept all] [--out folder]
 * [--handoff folder]`: graphs without a browser; `npm run triptych -- lesson results/*.json`: what learners handed in, run
 * again.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from '../setup/install.js';

const USE = `npm run triptych -- <command> <graph.triptych.json>

  check   whether it can run, and what the checklist says
  plan    what would run, who would make it, at what price
  run     runs it; what the built-in engine makes is delivered as PNG, what services make as it came
  lesson  results that learners handed in, any number: runs all of it again and says which checks hold here

  --rows        the rows of its batch, one after another
  --draft       in draft mode
  --table FILE  a routing table, whose services are asked; without it the built-in engine makes everything
  --cap 5       what all of it may cost together, in dollars; nothing is sent that would go beyond
  --out FOLDER  where files go (here, if not said)
  --handoff FOLDER
                the cut of its film for an editing program: the clips that came from services, as they
                are, with OpenTimelineIO, EDL and FCP7 XML beside them; not with --rows
  --accept WHAT lets a picture or clip through the gate it waits at, by the digits the command names; again for each,
                or "all" for a run that nobody watches
  --lesson FILE the lesson of these results, where it did not come with Triptych

It ends with 0 when all was done, with 1 when something failed, with 2 when it was not understood, with 3 when only the
cap kept something from being made, and with 4 when only verdicts did that gates wait for. Services are asked through the Triptych that runs on this computer, else by the
command itself; the same command again finds what was paid for, which counts towards the cap too.`;

/** @returns {import('./headless.ts').HeadlessOptions | ({ command: 'lesson' } & import('./rerun-results.ts').RerunOptions) | undefined} */
function asked() {
  try {
    const {
      values,
      positionals: [command, file, ...more],
    } = parseArgs({
      allowPositionals: true,
      options: {
        rows: { type: 'boolean' },
        draft: { type: 'boolean' },
        table: { type: 'string' },
        cap: { type: 'string' },
        help: { type: 'boolean' },
        out: { type: 'string' },
        handoff: { type: 'string' },
        accept: { type: 'string', multiple: true },
        lesson: { type: 'string' },
      },
    });
    const from = process.env['INIT_CWD'] ?? process.cwd();
    if (command === 'lesson' && file && !values.help)
      return {
        command,
        files: [file, ...more].map((one) => resolve(from, one)),
        home: root,
        ...(values.lesson === undefined ? {} : { lesson: resolve(from, values.lesson) }),
        print: console.log,
      };
    if ((command !== 'check' && command !== 'plan' && command !== 'run') || !file || more.length) return undefined;
    if (values.help || (values.cap !== undefined && !/^\d{1,9}(\.\d{1,6})?$/.test(values.cap))) return undefined;
    if (values.handoff !== undefined && (values.rows || command !== 'run')) return undefined;
    if (values.accept?.some((what) => what !== 'all' && !/^[0-9a-f]{8,}$/.test(what))) return undefined;
    return {
      command,
      file: resolve(from, file),
      mode: values.draft ? 'draft' : 'delivery',
      rows: values.rows ?? false,
      out: resolve(from, values.out ?? '.'),
      home: root,
      ...(values.table === undefined ? {} : { table: resolve(from, values.table) }),
      ...(values.handoff === undefined ? {} : { handoff: resolve(from, values.handoff) }),
      ...(values.cap === undefined ? {} : { cap: values.cap }),
      ...(values.accept === undefined ? {} : { accept: values.accept }),
      environment: process.env,
      print: console.log,
    };
  } catch {
    return undefined;
  }
}

const options = asked();
if (!options) {
  const isAsked = process.argv.includes('--help');
  console[isAsked ? 'log' : 'error'](USE);
  process.exit(isAsked ? 0 : 2);
}
ensureInstalled();
const { buildKernels } = await import('../setup/build-kernels.js');
await buildKernels();
const { withSources } = await import('../setup/sources.js');
/** @param {(path: string) => Promise<any>} load */
const doAsAsked = async (load) =>
  options.command === 'lesson'
    ? (await load('/src/headless/rerun-results.ts')).rerunResults(options)
    : (await load('/src/headless/headless.ts')).headless(options);
process.exitCode = await withSources(doAsAsked).catch((error) => {
  console.error(
    error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? `There is no file ${'path' in error ? error.path : ''}.`
      : error,
  );
  return 1;
});
