/**
 * Steps between versions of the file format and of nodes, each keyed by the version it produces: data in, data out,
 * nothing looked up.
 */
import { isRecord, type Loose } from '../core/loose.ts';
import type { NodeFace, StoredNode } from '../core/node.ts';
import { FORMAT_VERSION } from './format.ts';

export const formatMigrations: Readonly<Record<number, (old: Loose) => Loose>> = {
  /** 2: notes lie on the canvas; the one text a graph had becomes the first. */
  2: ({ notes, ...file }) => ({
    ...file,
    notes: typeof notes === 'string' && notes.trim() ? { notes: noteAbove(notes, topOf(file['nodes'])) } : {},
  }),
  /** 3: a graph may hold the table of its batch; one without has none. */
  3: (file) => file,
  /** 4: which take a node inside a component shows, and what it keeps, each instance says for itself. */
  4: withOwnChoices,
  /** 5: a node may be pinned to a model; in files from before, none is. */
  5: (file) => file,
};

// A step between versions is never changed again: its limits are its own, and stay when those of today do not.
/** Deeper than anyone nests components; one that holds itself ends here too. */
const DEEPEST_INSTANCE = 16;
/** More than any graph chooses. */
const MOST_CHOICES = 20_000;

function withOwnChoices(file: Loose): Loose {
  const components = isRecord(file['components']) ? file['components'] : {};
  const componentOf = (node: unknown): unknown => {
    const type = isRecord(node) ? node['type'] : undefined;
    const id = typeof type === 'string' && type.startsWith('component/') ? type.slice('component/'.length) : '';
    return Object.hasOwn(components, id) ? components[id] : undefined;
  };
  const holding = new Map<unknown, boolean>();
  /** Whether anything is chosen in a component or below: asked once of each, since components multiply. */
  const holds = (component: unknown): boolean => {
    if (!isRecord(component) || !isRecord(component['nodes'])) return false;
    const known = holding.get(component);
    if (known !== undefined) return known;
    holding.set(component, false);
    const found = Object.values(component['nodes']).some(
      (node) => isRecord(node) && (Object.keys(choiceOf(node)).length > 0 || holds(componentOf(node))),
    );
    holding.set(component, found);
    return found;
  };
  let left = MOST_CHOICES;
  const choicesIn = (component: unknown, path: string, depth: number): [string, Loose][] => {
    if (!holds(component) || depth > DEEPEST_INSTANCE || !isRecord(component) || !isRecord(component['nodes']))
      return [];
    return Object.entries(component['nodes']).flatMap(([id, node]): [string, Loose][] => {
      if (!isRecord(node) || left <= 0) return [];
      const choice = choiceOf(node);
      const own: [string, Loose][] = Object.keys(choice).length ? [[path + id, choice]] : [];
      left -= own.length;
      return [...own, ...choicesIn(componentOf(node), `${path}${id}/`, depth + 1)];
    });
  };
  const nodes = mapped(file['nodes'], (node) => {
    const inner = Object.fromEntries(choicesIn(componentOf(node), '', 1));
    // What the instance says itself stands.
    const own = isRecord(node['inner']) ? node['inner'] : {};
    return Object.keys(inner).length ? { ...node, inner: { ...inner, ...own } } : node;
  });
  const withoutChoices = ({ take: _take, frozen: _frozen, ...node }: Loose): Loose => node;
  return {
    ...file,
    nodes,
    components: mapped(file['components'], (component) => ({
      ...component,
      nodes: mapped(component['nodes'], withoutChoices),
    })),
  };
}

const choiceOf = ({ take, frozen }: Loose): Loose => ({
  ...(take === undefined ? {} : { take }),
  ...(frozen === undefined ? {} : { frozen }),
});
/** Each record in a record changed; anything else as it is. */
function mapped(record: unknown, change: (item: Loose) => Loose): unknown {
  if (!isRecord(record)) return record;
  return Object.fromEntries(Object.entries(record).map(([id, item]) => [id, isRecord(item) ? change(item) : item]));
}

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
  for (let version = from + 1; version <= FORMAT_VERSION; version++)
    current = formatMigrations[version]?.(current) ?? current;
  return current;
}

/** The steps from a stored version to the definition's; none from a version there never was. */
export function migrateNode(definition: NodeFace, stored: StoredNode, from: number): StoredNode {
  let node = stored;
  for (let version = Math.max(1, from) + 1; version <= definition.version; version++)
    node = definition.migrations?.[version]?.(node) ?? node;
  return node;
}
