/**
 * `npm run triptych -- check|plan|run graph.triptych.json`: graphs without a browser; `npm run triptych -- lesson
 * results/*.json`: what learners handed in, run again; `npm run triptych -- look|lost take`: takes that nobody knows of.
 */
import { ensureInstalled, root } from '../setup/install.js';
import { readArguments } from './read-arguments.js';

const USE = `npm run triptych -- <command> <graph.triptych.json>

  check   whether it can run here, and what the checklist says
  plan    what would run, who would make it, at what price
  run     runs it; what the built-in engine makes is delivered as PNG, what services make as it came
  lesson  results that learners handed in, any number: runs all of it again and says which checks hold here
  look    asks the service once more after a take of which nobody knows whether it was made; takes its name
  lost    counts such a take as lost: what it may have cost stays booked; takes its name

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
  --another TAKE
                counts a take as lost of which nobody knows whether it was made, and takes another in its
                place; again for each
  --lesson FILE the lesson of these results, where it did not come with Triptych

Clips that the built-in engine draws are encoded by browsers only, and clips of services are opened by them. What leads
to nothing else is said by check and plan, and is neither made nor paid for by run.

It ends with 0 when all was done, or can be; with 1 when something failed, or cannot be made here; with 2 when it was not
understood, with 3 when only the cap kept something from being made, and with 4 when only verdicts did that gates wait
for. Services are asked through the Triptych that runs on this computer, else by the command itself; the same command
again finds what was paid for, which counts towards the cap too.`;

const read = readArguments(process.argv.slice(2), {
  from: process.env['INIT_CWD'] ?? process.cwd(),
  home: root,
  environment: process.env,
  print: console.log,
});
if (read.kind === 'help') {
  console.log(USE);
  process.exit(0);
}
if (read.kind === 'misread') {
  console.error(read.sentence);
  process.exit(2);
}
const { options } = read;
ensureInstalled();
const { buildKernels } = await import('../setup/build-kernels.js');
await buildKernels();
const { withSources } = await import('../setup/sources.js');
/** @param {(path: string) => Promise<any>} load */
async function doAsAsked(load) {
  if (options.command === 'lesson') return (await load('/src/headless/rerun-results.ts')).rerunResults(options);
  if ('take' in options) return (await load('/src/headless/settle-take.ts')).settleTake(options);
  return (await load('/src/headless/headless.ts')).headless(options);
}
process.exitCode = await withSources(doAsAsked).catch((error) => {
  console.error(sentenceOf(error) ?? error);
  return 1;
});

/** @param {unknown} error */
function sentenceOf(error) {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const path = 'path' in error ? error.path : '';
  if (error.code === 'ENOENT') return `There is no file ${path}.`;
  return error.code === 'EISDIR' ? 'A folder was named where a file was meant.' : undefined;
}
