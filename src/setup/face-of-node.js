/**
 * Makes the face of a node out of its file, for `src/app/node-faces.ts`: a page draws, wires and checks nodes, and does not
 * run them. A node stays one plain file, and its code and explanation are not in the first load.
 */
import { parseAst } from 'vite';

/** @typedef {ReturnType<typeof parseAst>['body'][number]} Statement */

/** What a `NodeDefinition` has besides its face; and `cost`, which nobody asks but whoever runs nodes. */
const NOT_OF_FACE = ['docs', 'example', 'run', 'check', 'stretches', 'cost'];

/** @returns {import('vite').Plugin} */
export function nodeFaces() {
  return {
    name: 'triptych-node-faces',
    transform: {
      filter: { id: /\/nodes\/[^?]+\.ts\?face$/ },
      handler: (code, id) => ({ code: faceOf(code, id), map: null }),
    },
  };
}

/**
 * The module without those properties of what it hands to `defineNode`, and without the imports that only they used.
 * @param {string} code @param {string} id
 */
function faceOf(code, id) {
  const { body } = parseAst(code);
  const exported = body.find(({ type }) => type === 'ExportDefaultDeclaration');
  const call = exported && 'declaration' in exported ? exported.declaration : undefined;
  const declared = call?.type === 'CallExpression' ? call.arguments[0] : undefined;
  if (declared?.type !== 'ObjectExpression')
    throw new Error(`${id} has to be \`export default defineNode({ … })\`, with the declaration as it stands there.`);
  const kept = declared.properties.filter(
    (one) => !(one.type === 'Property' && one.key.type === 'Identifier' && NOT_OF_FACE.includes(one.key.name)),
  );
  /** @param {{ readonly start: number, readonly end: number }} part */
  const textOf = ({ start, end }) => code.slice(start, end);
  const imports = body.filter((statement) => statement.type === 'ImportDeclaration');
  const declaration = `export default defineNode({ ${kept.map(textOf).join(', ')} });`;
  const others = body.filter((one) => one !== exported && one.type !== 'ImportDeclaration');
  const face = [...neededBy(declaration, others, textOf), declaration].join('\n');
  const used = imports.filter(({ specifiers }) => specifiers.some(({ local }) => isNamed(local.name, face)));
  return [...used.map(textOf), face].join('\n');
}

/** @param {string} name @param {string} text */
const isNamed = (name, text) => new RegExp(`\\b${name}\\b`).test(text);

/**
 * The statements of a module, in their order, that a text needs, or that one of them needs: what only `run` uses would
 * bring along the modules that it uses itself.
 * @param {string} text @param {readonly Statement[]} statements
 * @param {(part: { readonly start: number, readonly end: number }) => string} textOf
 */
function neededBy(text, statements, textOf) {
  const parts = statements.map((one) => ({ text: textOf(one), names: namesIn(one) }));
  let needed = parts.filter(() => false);
  for (;;) {
    const all = [text, ...needed.map((one) => one.text)].join('\n');
    const next = parts.filter(({ names }) => names.length === 0 || names.some((name) => isNamed(name, all)));
    if (next.length === needed.length) return needed.map((one) => one.text);
    needed = next;
  }
}

/** What a statement declares. @param {Statement} statement */
function namesIn(statement) {
  if (statement.type === 'FunctionDeclaration') return statement.id ? [statement.id.name] : [];
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
}
