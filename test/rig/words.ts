/** Every English text that can be shown, read from the source: what `t` and `w` are given, labels of edits, names of actions, nodes and rules. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { RULES } from '../../src/discipline/discipline.ts';
import { registry } from '../../src/registry.ts';

interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}
const isSyntax = (value: unknown): value is Syntax => typeof value === 'object' && value !== null && typeof (value as Syntax).type === 'string';

function* nodesOf(value: unknown): Generator<Syntax> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item);
  else if (isSyntax(value)) {
    yield value;
    for (const [name, field] of Object.entries(value)) if (name !== 'parent') yield* nodesOf(field);
  }
}
const literal = (node: unknown): string[] => {
  if (!isSyntax(node)) return [];
  if (node.type === 'Literal' && typeof node['value'] === 'string') return [node['value']];
  return node.type === 'ConditionalExpression' ? [...literal(node['consequent']), ...literal(node['alternate'])] : [];
};

/** Source files whose words are shown. */
export const speakingFiles = ['src/ui', 'src/app'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !name.startsWith('words')).map((name) => join(folder, name)));

export function syntaxOf(path: string): Generator<Syntax> {
  return nodesOf(parseAst(readFileSync(path, 'utf8'), { lang: path.endsWith('x') ? 'tsx' : 'ts' }) as unknown);
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
      if (path.endsWith('actions.ts') && node.type === 'Property' && (node['key'] as Syntax)['name'] === 'name') add(...literal(node['value']));
      // Choices shown as they are written.
      if (node.type === 'JSXAttribute' && (node['name'] as Syntax)['name'] === 'options') for (const inside of nodesOf(node['value'])) if (inside.type === 'Literal') add(...literal(inside));
    }
  }
  for (const { title, summary, docs, inputs, outputs, params } of registry.values()) {
    add(title, summary, docs);
    for (const socket of [...Object.values(inputs), ...Object.values(outputs)]) add(socket.label);
    for (const param of Object.values(params)) {
      add(param.label, param.help ?? '');
      if (param.kind === 'choice' && param.options.every((option) => /^[a-z -]+$/.test(option))) add(...param.options);
    }
  }
  for (const { title, why } of RULES) add(title, why);
  add('control', 'generation', 'refinement', 'muted', 'off', 'resting', 'queued', 'cached', 'failed', 'skipped', 'idle', 'running', 'done', 'draft', 'delivery', 'accepted', 'rejected', 'superseded', 'open');
  return found;
}
