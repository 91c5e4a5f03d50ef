/**
 * Every English text that can be shown, read from the source: what `t`, `w`, `say` and failures are given, labels of
 * edits, names of actions, nodes and rules, templates.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { withTexts } from '../../src/graph/readable.ts';
import { MARK_COLOURS } from '../../src/graph/graph.ts';
import { SEED_MODES, type ParamSpec } from '../../src/core/params.ts';
import { WORK_KINDS } from '../../src/core/take.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { BUILT_IN, EMPTY_CATALOG, PRICE_UNITS } from '../../src/routing/catalog.ts';
import { DIMENSIONS } from '../../src/ledger/audit.ts';
import { SHIPPED_TABLES } from '../../src/routing/house.ts';
import { CAPABILITY_WORDS, ROW_TIERS } from '../../src/routing/routing-table.ts';
import { RULES } from '../../src/discipline/discipline.ts';
import { SHOT_STARTS } from '../../src/lessons/facts-of-films.ts';
import { LOOK_DISTANCES, LOOK_MEASURES } from '../../src/lessons/picture-look.ts';
import { RESULT_TRAITS, TAKE_TRAITS } from '../../src/lessons/seen-subjects.ts';
import { MEASURE } from '../../src/measure/measure.ts';
import { registry } from '../../src/registry.ts';
import type { NodeDefinition } from '../../src/core/node.ts';
import { formCount } from '../../src/core/plural.ts';
import type { Words } from '../../src/core/say.ts';
import { numbersIn } from '../../src/words/t.ts';

interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}
const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && typeof (value as Syntax).type === 'string';

function* nodesOf(value: unknown): Generator<Syntax> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item);
  else if (isSyntax(value)) {
    yield value;
    for (const [name, field] of Object.entries(value)) if (name !== 'parent') yield* nodesOf(field);
  }
}
/** The texts an expression may be: all branches of a condition. */
export const literal = (node: unknown): string[] => {
  if (!isSyntax(node)) return [];
  if (node.type === 'Literal' && typeof node['value'] === 'string') return [node['value']];
  if (node.type === 'LogicalExpression') return [...literal(node['left']), ...literal(node['right'])];
  return node.type === 'ConditionalExpression' ? [...literal(node['consequent']), ...literal(node['alternate'])] : [];
};

const sourcesIn = (...folders: readonly string[]) =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(words|generated|assembly)\/|\.d\.ts$/.test(name))
      .map((name) => join(folder, name)),
  );
/** Source files that draw what is shown. */
export const speakingFiles = sourcesIn('src/ui', 'src/app');
/** Those that only have something to say. */
export const sayingFiles = sourcesIn('nodes', 'src').filter((path) => !speakingFiles.includes(path));

export function syntaxOf(path: string): Generator<Syntax> {
  return nodesOf(parseAst(readFileSync(path, 'utf8'), { lang: path.endsWith('x') ? 'tsx' : 'ts' }) as unknown);
}

/**
 * Places in a call where a person will read what is given: `fail(code, sentence, hint)`, `new NodeError(code, sentence,
 * { hint })`.
 */
export function* saidIn(path: string): Generator<Syntax> {
  for (const node of syntaxOf(path)) {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
    const name = (node['callee'] as Syntax)['name'];
    const given = node['arguments'] as Syntax[];
    if (name === 'say') yield given[0]!;
    if (name === 'fail' || name === 'NodeError') yield* given.slice(1, 3);
  }
}
const hintsIn = (node: Syntax): unknown[] =>
  node.type === 'ObjectExpression'
    ? (node['properties'] as Syntax[])
        .filter((property) => (property['key'] as Syntax | undefined)?.['name'] === 'hint')
        .map((property) => property['value'])
    : [node];

const holesOf = (text: string) => [...new Set([...text.matchAll(/\{(\d)[|}]/g)].map(([, hole]) => hole))].sort();
/** How many forms each count in a text has: 2 for `{0|node|nodes}`. */
export const formsOf = (text: string): readonly number[] =>
  [...text.matchAll(/\{\d\|((?:[^{}]|\{\d\})*)\}/g)].map(([, all]) => all!.split('|').length);

/** What is wrong with a table, whichever language it is. What it lacks is no fault. */
export function faultsIn(tag: string, words: Words, texts: ReadonlySet<string>): readonly string[] {
  return Object.entries(words).flatMap(([english, translated]) => {
    if (!texts.has(english)) return [`${tag}: “${english}” is said nowhere.`];
    if (holesOf(translated).join() !== holesOf(english).join()) return [`${tag}: “${english}” takes other values.`];
    return formsOf(translated)
      .filter((count) => count !== formCount(tag))
      .map((count) => `${tag}: “${english}” has ${count} forms of ${formCount(tag)}.`);
  });
}

/** What a node says about itself. What it says in `run` stands in its source. */
export function textsOfNode({ title, summary, docs, inputs, outputs, params }: NodeDefinition): readonly string[] {
  const sockets = [...Object.values(inputs), ...Object.values(outputs)];
  const specs = Object.values(params).flatMap(textsOfParam);
  return [title, summary, docs, ...sockets.map(({ label }) => label), ...specs].filter((text) => /\p{L}/u.test(text));
}
function textsOfParam(param: ParamSpec): readonly string[] {
  const own = [param.label, param.help ?? ''];
  if (param.kind === 'aspect') return [...own, ...Object.values(param.shapes).map(({ use }) => use)];
  if (param.kind === 'list') return [...own, param.add, ...Object.values(param.fields).flatMap(textsOfParam)];
  const isWords = param.kind === 'choice' && param.options.every((option) => /^([a-z -]+|\d+)$/.test(option));
  return isWords ? [...own, ...param.options] : own;
}

export function everyText(): Set<string> {
  const found = new Set<string>();
  const add = (...texts: readonly string[]) => texts.forEach((text) => /\p{L}/u.test(text) && found.add(text));
  for (const path of speakingFiles) {
    for (const node of syntaxOf(path)) {
      if (node.type === 'CallExpression') {
        const callee = node['callee'] as Syntax;
        const [first] = node['arguments'] as unknown[];
        const name = callee['name'] ?? (callee['property'] as Syntax | undefined)?.['name'];
        if (name === 't' || name === 'w' || name === 'sentence' || name === 'edit') add(...literal(first));
        if (name === 'switchOn' || name === 'change') add(...literal(first));
      }
      if (path.endsWith('actions.ts') && node.type === 'Property' && (node['key'] as Syntax)['name'] === 'name')
        add(...literal(node['value']));
      // Choices shown as they are written.
      if (node.type === 'JSXAttribute' && (node['name'] as Syntax)['name'] === 'options')
        for (const inside of nodesOf(node['value'])) if (inside.type === 'Literal') add(...literal(inside));
    }
  }
  for (const path of [...sayingFiles, ...speakingFiles])
    for (const node of saidIn(path)) for (const part of hintsIn(node)) add(...literal(part));
  for (const path of sayingFiles) {
    for (const node of syntaxOf(path)) {
      // Failures written as plain data.
      if (node.type === 'Property' && ['message', 'hint'].includes(String((node['key'] as Syntax)['name'])))
        add(...literal(node['value']));
    }
  }
  for (const definition of registry.values()) add(...textsOfNode(definition));
  for (const { title, why } of RULES) add(title, why);
  for (const { note, rows } of SHIPPED_TABLES) add(note, ...rows.map(({ why }) => why));
  const { model, offer } = EMPTY_CATALOG.find(BUILT_IN)!;
  add(model.name, model.notes ?? '', model.seedsNote ?? '', offer.price?.source ?? '');
  add(
    ...PRICE_UNITS,
    ...MARK_COLOURS,
    ...DIMENSIONS,
    ...Object.values(CAPABILITY_WORDS),
    ...WORK_KINDS,
    ...Object.values(MEASURE).flatMap(({ label, wants, miss }) => [label, wants, miss]),
    ...SEED_MODES,
    ...ROW_TIERS,
    ...TAKE_TRAITS,
    ...RESULT_TRAITS,
    ...LOOK_MEASURES,
    ...LOOK_DISTANCES,
    ...SHOT_STARTS,
    'picture',
    'clip',
    'chroma',
    'crispness',
  );
  for (const { title, description, teaches, tags } of JSON.parse(
    readFileSync('public/templates/index.json', 'utf8'),
  ) as { title: string; description: string; teaches: string; tags: string[] }[])
    add(title, description, teaches, ...tags);
  for (const name of readdirSync('public/templates').filter((file) => file.endsWith('.triptych.json'))) {
    const opened = parseGraphFile(readFileSync(`public/templates/${name}`, 'utf8'), registry);
    if (opened.ok) withTexts(opened.value.graph, (text) => (add(numbersIn(text).pattern), text));
  }
  add(
    'control',
    'generation',
    'refinement',
    'muted',
    'off',
    'resting',
    'queued',
    'cached',
    'failed',
    'skipped',
    'idle',
    'running',
    'done',
    'upstream failed',
    'not taken',
    'behind a gate',
    'cancelled',
    'identical',
    'near',
    'different',
    'cannot be reproduced',
    'draft',
    'delivery',
    'accepted',
    'rejected',
    'superseded',
    'open',
    'deprecated',
  );
  return found;
}
