/**
 * Makes the face of a node out of its file, for `src/app/node-faces.ts`: a page draws, wires and checks nodes, and does not
 * run them. A node stays one plain file, and its code and explanation are not in the first load.
 */
import { parseAst } from 'vite';

/** What a `NodeDefinition` has besides its face. */
const NOT_OF_FACE = ['docs', 'example', 'run', 'stretches'];

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
  const others = body.filter((one) => one !== exported && one.type !== 'ImportDeclaration').map(textOf);
  const face = [...others, `export default defineNode({ ${kept.map(textOf).join(', ')} });`].join('\n');
  const isUsed = (/** @type {string} */ name) => new RegExp(`\\b${name}\\b`).test(face);
  const used = imports.filter(({ specifiers }) => specifiers.some(({ local }) => isUsed(local.name)));
  return [...used.map(textOf), face].join('\n');
}
