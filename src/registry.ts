/**
 * Finds the nodes: every file in `nodes/<layer>/` that does not begin with an underscore. For whoever runs or explains
 * them; what a page needs at once are `faces`.
 */
import type { NodeDefinition, WholeRegistry } from './core/node.ts';

const found = import.meta.glob<NodeDefinition>(['../nodes/{generation,control,refinement}/*.ts', '!**/_*.ts'], {
  eager: true,
  import: 'default',
});

export const registry: WholeRegistry = byId(Object.entries(found));

function byId(files: readonly (readonly [string, NodeDefinition])[]): WholeRegistry {
  const nodes = new Map<string, NodeDefinition>();
  for (const [file, definition] of files) {
    if (nodes.has(definition.id))
      throw new Error(`${file} has the id “${definition.id}”, which another node has already.`);
    nodes.set(definition.id, definition);
  }
  return nodes;
}
