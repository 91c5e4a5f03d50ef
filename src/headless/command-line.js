/**
 * `npm run triptych -- check|plan|run graph.triptych.json [--rows] [--draft] [--out folder]`: graphs without a browser.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from '../setup/install.js';

const USE = `npm run triptych -- <command> <graph.triptych.json>

  check   whether it can run, and what the checklist says
  plan    what would run, who would make it, at what price
  run     runs it; what the built-in engine makes is delivered as PNG, what services make as it came

  --rows        the rows of its batch, one after another
  --draft       in draft mode
  --table FILE  a routing table, whose services are asked; without it the built-in engine makes everything
  --out FOLDER  where files go (here, if not said)`;

/** @returns {import('./headless.ts').HeadlessOptions | undefined} */
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
        out: { type: 'string' },
      },
    });
    if ((command !== 'check' && command !== 'plan' && command !== 'run') || !file || more.length) return undefined;
    const from = process.env['INIT_CWD'] ?? process.cwd();
    return {
      command,
      file: resolve(from, file),
      mode: values.draft ? 'draft' : 'delivery',
      rows: values.rows ?? false,
      out: resolve(from, values.out ?? '.'),
      home: root,
      ...(values.table === undefined ? {} : { table: resolve(from, values.table) }),
      environment: process.env,
      print: console.log,
    };
  } catch {
    return undefined;
  }
}

const options = asked();
if (!options) {
  console.error(USE);
  process.exit(2);
}
ensureInstalled();
const { buildKernels } = await import('../setup/build-kernels.js');
await buildKernels();
const { withSources } = await import('../setup/sources.js');
process.exitCode = await withSources(async (load) => (await load('/src/headless/headless.ts')).headless(options)).catch(
  (error) => {
    console.error(
      error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? `There is no file ${options.file}.`
        : error,
    );
    return 1;
  },
);
