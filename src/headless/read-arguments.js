/** Reads what was typed after `npm run triptych --`. What is wrong is said in one sentence, about the word that is wrong. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const GRAPH_COMMANDS = /** @type {const} */ (['check', 'plan', 'run']);
const TAKE_COMMANDS = /** @type {const} */ (['look', 'lost']);
const COMMANDS = [...GRAPH_COMMANDS, 'lesson', ...TAKE_COMMANDS];

const AMOUNT = /^\d{1,9}(\.\d{1,6})?$/;
const ACCEPTED = /^(all|[0-9a-f]{8,})$/;
const TAKE = /^[\w-]{1,64}$/;
const isPath = (/** @type {string} */ text) => !text.includes('\0');

/**
 * Each flag: what its value is, if it takes one, how that is told from rubbish, and the commands it goes with.
 * @type {Readonly<Record<string, { needs?: string, isRight?: (value: string) => boolean, of?: readonly string[], often?: true }>>}
 */
const FLAGS = {
  help: {},
  rows: { of: GRAPH_COMMANDS },
  draft: { of: GRAPH_COMMANDS },
  table: { needs: 'a routing table file', isRight: isPath, of: GRAPH_COMMANDS },
  cap: { needs: 'an amount in dollars, such as 5 or 0.25', isRight: (text) => AMOUNT.test(text), of: GRAPH_COMMANDS },
  out: { needs: 'a folder', isRight: isPath, of: GRAPH_COMMANDS },
  handoff: { needs: 'a folder', isRight: isPath, of: ['run'] },
  accept: {
    needs: '"all", or at least eight of the digits that a gate names',
    isRight: (text) => ACCEPTED.test(text),
    of: GRAPH_COMMANDS,
    often: true,
  },
  another: { needs: 'the name of a take', isRight: (text) => TAKE.test(text), of: ['run'], often: true },
  lesson: { needs: 'a lesson file', isRight: isPath, of: ['lesson'] },
};

/** What is wrong with what was typed. */
class Misread extends Error {}

/**
 * @param {readonly string[]} words
 * @param {{ from: string, home: string, environment: NodeJS.ProcessEnv, print: (line: string) => void }} host
 *   `from`: the folder that paths are meant from. `home`: the folder of the project
 */
export function readArguments(words, host) {
  try {
    const { positionals, flags } = sorted(words);
    if (flags.has('help')) return /** @type {const} */ ({ kind: 'help' });
    return /** @type {const} */ ({ kind: 'asked', options: optionsOf(positionals, flags, host) });
  } catch (thrown) {
    if (!(thrown instanceof Misread)) throw thrown;
    return /** @type {const} */ ({ kind: 'misread', sentence: thrown.message });
  }
}

/** @param {readonly string[]} words */
function sorted(words) {
  /** @type {Map<string, string[]>} */
  const flags = new Map();
  const types = Object.entries(FLAGS).map(([name, { needs }]) => [name, { type: needs ? 'string' : 'boolean' }]);
  const { tokens, positionals } = parseArgs({
    args: [...words],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(types),
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    const flag = Object.hasOwn(FLAGS, name) && rawName === `--${name}` ? FLAGS[name] : undefined;
    if (!flag) throw new Misread(`There is no flag ${rawName}. --help lists those there are.`);
    const { needs, isRight, often } = flag;
    if (flags.has(name) && !often) throw new Misread(`${rawName} is there more than once.`);
    flags.set(name, [...(flags.get(name) ?? []), token.value ?? '']);
    if (!needs) {
      if (token.inlineValue) throw new Misread(`${rawName} takes no value.`);
      continue;
    }
    const isMissing = !token.value || (!token.inlineValue && token.value.startsWith('--'));
    if (isMissing) throw new Misread(`${rawName} needs ${needs}.`);
    if (!isRight?.(token.value ?? '')) throw new Misread(`${rawName} needs ${needs}, not "${token.value}".`);
  }
  return { positionals, flags };
}

/**
 * @param {readonly string[]} positionals
 * @param {ReadonlyMap<string, readonly string[]>} flags
 * @param {Parameters<typeof readArguments>[1]} host
 * @returns {import('./headless.ts').HeadlessOptions
 *   | ({ command: 'lesson' } & import('./rerun-results.ts').RerunOptions)
 *   | import('./settle-take.ts').SettleOptions}
 */
function optionsOf([command, first, ...more], flags, { from, home, environment, print }) {
  const isGraphs = GRAPH_COMMANDS.find((name) => name === command);
  const isTakes = TAKE_COMMANDS.find((name) => name === command);
  if (command === undefined) throw new Misread(`Say what to do: ${COMMANDS.join(', ')}. --help tells more.`);
  if (!COMMANDS.includes(command))
    throw new Misread(`There is no command "${command}": there are ${COMMANDS.join(', ')}.`);
  for (const [name] of flags)
    if (!FLAGS[name]?.of?.includes(command)) throw new Misread(`--${name} does not go with ${command}.`);
  const what = isTakes ? 'the name of a take' : isGraphs ? 'a graph file' : 'a file of results';
  if (!first) throw new Misread(`${command} needs ${what}.`);
  if (more.length > 0 && command !== 'lesson')
    throw new Misread(`${command} takes ${what} alone, and no "${more[0]}".`);
  const path = (/** @type {string} */ name) => {
    const value = flags.get(name)?.[0];
    return value === undefined ? undefined : resolve(from, value);
  };
  if (isTakes) {
    if (!TAKE.test(first)) throw new Misread(`${command} needs ${what}, not "${first}".`);
    return { command: isTakes, take: first, project: home, environment, print };
  }
  if (!isGraphs) {
    const lesson = path('lesson');
    const files = [first, ...more].map((one) => resolve(from, one));
    return { command: 'lesson', files, home, ...(lesson === undefined ? {} : { lesson }), print };
  }
  const [table, handoff, cap] = [path('table'), path('handoff'), flags.get('cap')?.[0]];
  if (handoff !== undefined && flags.has('rows')) throw new Misread('--handoff does not go with --rows.');
  if (flags.has('another') && !table) throw new Misread('--another needs --table, by which the take was sent.');
  const [accept, another] = [flags.get('accept'), flags.get('another')];
  return {
    command: isGraphs,
    file: resolve(from, first),
    mode: flags.has('draft') ? 'draft' : 'delivery',
    rows: flags.has('rows'),
    out: path('out') ?? from,
    home,
    ...(table === undefined ? {} : { table }),
    ...(handoff === undefined ? {} : { handoff }),
    ...(cap === undefined ? {} : { cap }),
    ...(accept === undefined ? {} : { accept }),
    ...(another === undefined ? {} : { another }),
    environment,
    print,
  };
}
