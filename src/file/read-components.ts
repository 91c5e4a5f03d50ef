/**
 * The components of a file. Those inside others are read first, so that wires at their sockets can be checked whatever
 * their order.
 */
import { withoutChoices } from '../graph/choices.ts';
import { componentIdOf } from '../graph/component-type.ts';
import { registryWith } from '../graph/component.ts';
import type { Board, Component, InnerEnd, WireEnd } from '../graph/graph.ts';
import type { ComponentId, NodeId } from '../core/ids.ts';
import { LONGEST_LABEL, LONGEST_TEXT, LONGEST_TITLE, MOST_SOCKETS } from '../core/limits.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import type { Registry } from '../core/node.ts';
import { say } from '../core/say.ts';
import { entriesOf, isCount, isName, isText, listOf, loose } from './entries.ts';
import { readBoard, readEnd } from './read-board.ts';
import { shortName, type Report } from './report.ts';

export function readComponents(raw: unknown, registry: Registry, report: Report): Record<ComponentId, Component> {
  const components: Record<ComponentId, Component> = {};
  const known = registryWith(registry, () => components);
  const items = new Map<string, Loose>();
  for (const [id, item] of entriesOf(raw, report)) {
    if (isRecord(item)) items.set(id, item);
    else report.add('dropped', say('The component “{0}” is damaged and was left out.', shortName(id)));
  }
  const { order, circular } = insideFirst(items);
  for (const id of order) {
    const item = items.get(id)!;
    if (circular.has(id))
      report.add('dropped', say('The component “{0}” holds itself and was left out.', titleOf(item)));
    else components[id as ComponentId] = readComponent(item, boardOf(item, known, report), report);
  }
  return components;
}

function boardOf(item: Loose, known: Registry, report: Report): Board {
  const board = readBoard(item, known, report);
  return { ...board, nodes: withoutChoices(board.nodes) };
}
const titleOf = (item: Loose): string => (isText(item['title']) ? item['title'].slice(0, LONGEST_TITLE) : 'Component');

/**
 * Ids with what is inside first, and those that hold themselves: without them the others hold each other in no circle.
 */
function insideFirst(items: ReadonlyMap<string, Loose>): {
  readonly order: readonly string[];
  readonly circular: ReadonlySet<string>;
} {
  const innerOf = (id: string) => {
    const types = Object.values(loose(items.get(id)!['nodes'])).map((node) =>
      isRecord(node) && isText(node['type']) ? componentIdOf(node['type']) : undefined,
    );
    return [...new Set(types)].filter((inner): inner is ComponentId => inner !== undefined && items.has(inner));
  };
  const order: string[] = [];
  const circular = new Set<string>();
  const begun = new Set<string>();
  const open = new Set<string>();
  for (const start of items.keys()) {
    if (begun.has(start)) continue;
    const path: { readonly id: string; readonly inner: readonly string[]; next: number }[] = [];
    const enter = (id: string) => {
      begun.add(id);
      open.add(id);
      path.push({ id, inner: innerOf(id), next: 0 });
    };
    enter(start);
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const inner = here.inner[here.next++];
      if (inner === undefined) {
        order.push(here.id);
        open.delete(here.id);
        path.pop();
      } else if (open.has(inner)) circular.add(inner);
      else if (!begun.has(inner)) enter(inner);
    }
  }
  return { order, circular };
}

function readComponent(item: Loose, board: Board, report: Report): Component {
  const title = titleOf(item);
  const isHere = (node: unknown): node is NodeId => isName(node) && Object.hasOwn(board.nodes, node);
  const end = (raw: unknown): WireEnd | undefined => {
    const found = readEnd(raw);
    return found && isHere(found.node) ? found : undefined;
  };
  const innerEnd = (raw: unknown): InnerEnd | undefined => {
    const found = end(raw);
    const order = isRecord(raw) ? raw['order'] : undefined;
    return found && { ...found, ...(Number.isFinite(order) ? { order: order as number } : {}) };
  };
  const label = (value: Loose) =>
    isText(value['label']) && value['label'].trim() ? { label: value['label'].slice(0, LONGEST_LABEL) } : {};
  function parts<T>(raw: unknown, make: (value: Loose) => T | undefined): Record<string, T> {
    const entries = entriesOf(raw, report);
    if (entries.length > MOST_SOCKETS)
      report.add(
        'dropped',
        say(
          '“{0}” has {1} {1|socket or param|sockets or params} of one kind; the first {2} were taken.',
          shortName(title),
          entries.length,
          MOST_SOCKETS,
        ),
      );
    return Object.fromEntries(
      entries.slice(0, MOST_SOCKETS).flatMap(([name, value]): [string, T][] => {
        const made = isRecord(value) ? make(value) : undefined;
        if (made) return [[name, made]];
        report.add(
          'dropped',
          say(
            '“{0}” on the component “{1}” leads to nothing inside and was left out.',
            shortName(name),
            shortName(title),
          ),
        );
        return [];
      }),
    );
  }
  return {
    title,
    description: isText(item['description']) ? item['description'].slice(0, LONGEST_TEXT) : '',
    version: isCount(item['version']) ? item['version'] : 0,
    inputs: parts(item['inputs'], (value) => ({
      ...label(value),
      to: listOf(value['to'])
        .slice(0, MOST_SOCKETS)
        .flatMap((one) => innerEnd(one) ?? []),
    })),
    outputs: parts(item['outputs'], (value) => {
      const from = end(value['from']);
      return from && { ...label(value), from };
    }),
    params: parts(item['params'], (value) =>
      isHere(value['node']) && isName(value['param'])
        ? { ...label(value), node: value['node'], param: value['param'] }
        : undefined,
    ),
    ...board,
  };
}
