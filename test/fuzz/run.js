/**
 * `npm run fuzz -- [--count 1000000] [--seed 1] [--kind graph] [--from 0]`: damaged inputs for everything that reads
 * what others wrote.
 * Prints a line of counts for each kind; the input of each finding is saved in test/out/fuzz, and so is, in `trying-…`,
 * which input is
 * tried: an input that ends the process can be made again with `--seed` and `--from`. `--kind graph --replay <file>`
 * tries a saved one.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../src/setup/install.js';
import { withSources } from '../../src/setup/sources.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kind: { type: 'string' },
    from: { type: 'string', default: '0' },
    replay: { type: 'string' },
  },
});
const [count, seed, from] = [Number(values.count), Number(values.seed), Number(values.from)];
if (![count, seed, from].every(Number.isInteger)) throw new Error('--count, --seed and --from are whole numbers.');
const folder = join(root, 'test/out/fuzz');
/** Lines between two reports of progress. */
const REPORT = 10_000;

process.chdir(root);
process.exitCode = await withSources(async (load) => {
  const { KINDS, findingIn, randomOf } = await load('/test/fuzz/kinds.ts');
  /** @type {{ name: string, make(random: () => number): string | Uint8Array }[]} */
  const kinds = KINDS;
  const chosen = kinds.filter(({ name }) => values.kind === undefined || name === values.kind);
  if (chosen.length === 0)
    throw new Error(`There is no kind “${values.kind}”; there are ${kinds.map(({ name }) => name).join(', ')}.`);
  if (values.replay !== undefined) {
    const bytes = readFileSync(values.replay);
    const input = ['png', 'webp', 'mp4'].includes(chosen[0]?.name ?? '')
      ? new Uint8Array(bytes)
      : bytes.toString('utf8');
    console.log(await findingIn(chosen[0], input));
    return 0;
  }
  const totals = new Map(chosen.map(({ name }) => [name, { inputs: 0, accepted: 0, refused: 0, findings: 0 }]));
  const sum = () =>
    [...totals.values()].reduce(
      (all, { inputs, findings }) => ({ inputs: all.inputs + inputs, findings: all.findings + findings }),
      { inputs: 0, findings: 0 },
    );
  mkdirSync(folder, { recursive: true });
  for (let at = from; sum().inputs < count; at++) {
    for (const kind of chosen) {
      writeFileSync(join(folder, `trying-${values.kind ?? 'all'}`), `${kind.name} --seed ${seed} --from ${at}\n`);
      const input = kind.make(randomOf(seed, kinds.indexOf(kind), at));
      const found = await findingIn(kind, input);
      const total = totals.get(kind.name);
      if (!total) continue;
      total.inputs++;
      if ('finding' in found) {
        total.findings++;
        writeFileSync(join(folder, `${kind.name}-${seed}-${at}`), input);
        console.log(`${kind.name} ${at}: ${String(found.finding).split('\n').slice(0, 4).join(' | ')}`);
      } else if (found.outcome === 'accepted') total.accepted++;
      else total.refused++;
    }
    if ((at + 1) % REPORT === 0) console.log(`… ${sum().inputs} inputs, ${sum().findings} findings`);
  }
  console.log(`seed ${seed}`);
  for (const [name, { inputs, accepted, refused, findings }] of totals)
    console.log(`${name}: ${inputs} inputs, ${accepted} accepted, ${refused} refused, ${findings} findings`);
  console.log(`${sum().inputs} mutations, ${sum().findings} findings`);
  return sum().findings ? 1 : 0;
});
