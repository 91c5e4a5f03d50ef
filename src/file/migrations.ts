/** Steps between versions of the file format and of nodes, each keyed by the version it produces: data in, data out, nothing looked up. */
import { isRecord, type Loose } from '../core/loose.ts';
import type { NodeDefinition, StoredNode } from '../core/node.ts';
import { FORMAT_VERSION } from './format.ts';

export const formatMigrations: Readonly<Record<number, (old: Loose) => Loose>> = {
  /** 2: notes lie on the canvas; the one text a graph had becomes the first. */
  2: ({ notes, ...file }) => ({ ...file, notes: typeof notes === 'string' && notes.trim() ? { notes: noteAbove(notes, topOf(file['nodes'])) } : {} }),
  /** 3: a graph may hold the table of its batch; one without has none. */
  3: (file) => file,
};

function noteAbove(text: string, top: number): Loose {
  const height = Math.min(400, 44 + Math.ceil(text.length / 44) * 20);
  return { text, colour: 'amber', position: { x: 0, y: top - height - 40 }, size: { width: 320, height } };
}

/** The y of the highest node. */
function topOf(nodes: unknown): number {
  const heights = Object.values(isRecord(nodes) ? nodes : {}).flatMap((node) => {
    const y = isRecord(node) && isRecord(node['position']) ? node['position']['y'] : undefined;
    return typeof y === 'number' && Number.isFinite(y) ? [y] : [];
  });
  return heights.reduce((top, y) => Math.min(top, y), 0);
}

export function migrateFormat(file: Loose, from: number): Loose {
  let current = file;
  for (let version = from + 1; version <= FORMAT_VERSION; version++) current = formatMigrations[version]?.(current) ?? current;
  return current;
}

/** The steps from a stored version to the definition's; none from a version there never was. */
export function migrateNode(definition: NodeDefinition, stored: StoredNode, from: number): StoredNode {
  let node = stored;
  for (let version = Math.max(1, from) + 1; version <= definition.version; version++) node = definition.migrations?.[version]?.(node) ?? node;
  return node;
}
