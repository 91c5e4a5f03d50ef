/** What of a graph can be held against each other: what its nodes show, and their takes. */
import { grouped } from '../core/grouped.ts';
import { nodeIds, type Graph } from '../graph/graph.ts';
import type { TakeRecord } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import { nthOf } from '../ledger/receipt.ts';
import type { WorkspaceState } from '../state/workspace.ts';
import type { App } from './app-context.ts';
import { pictureIn } from './media.tsx';
import { nameOf, outputsOf } from './node-facts.ts';
import { t } from '../words/t.ts';

export interface Comparable {
  readonly value: ImageValue | VideoValue;
  readonly name: string;
}

/** Each picture or clip once, under the first name it has: takes before what else shows them. `walk`: takes of other graphs. */
export function comparables(
  { document, registry, runs }: Pick<App, 'document' | 'registry' | 'runs'>,
  takes: readonly TakeRecord[],
  walk: readonly NonNullable<WorkspaceState['viewing']>[] = [],
): Comparable[] {
  const { graph } = document.getState();
  const named = [
    ...walk.flatMap(({ value, made }): Comparable[] =>
      made ? [{ value, name: t('{0}, take {1}, seed {2}', made.title ?? '', made.nth, made.take.seed) }] : [],
    ),
    ...takesOf(graph, registry, takes),
    ...nodeIds(graph).flatMap((id): Comparable[] => {
      const value = pictureIn(outputsOf(graph, runs.getState(), id));
      return value ? [{ value, name: nameOf(graph, registry, id) }] : [];
    }),
  ];
  return [...grouped(named, ({ value }) => value.hash).values()].map(([first]) => first!);
}
function takesOf(graph: Graph, registry: App['registry'], takes: readonly TakeRecord[]): Comparable[] {
  return takes.flatMap((take): Comparable[] =>
    take.artifact
      ? [
          {
            value: take.artifact,
            name: t('{0}, take {1}, seed {2}', nameOf(graph, registry, take.node), nthOf(take, takes), take.seed),
          },
        ]
      : [],
  );
}

type Walked = readonly { readonly value: ImageValue | VideoValue }[];
/**
 * The one beside it among those that are walked through; else the newest of the graph. Of its own kind if there is one;
 * nothing where there is no other.
 */
export function againstOf(
  app: Pick<App, 'document' | 'registry' | 'runs' | 'desk'>,
  { kind, hash }: ImageValue | VideoValue,
  walk?: Walked,
): ImageValue | VideoValue | undefined {
  const nearest = walk ? besideIn(walk, hash) : comparables(app, app.desk.getState().takes).toReversed();
  const others = nearest.map(({ value }) => value).filter((value) => value.hash !== hash);
  return others.find((value) => value.kind === kind) ?? others[0];
}
/** Those after it, then those before it, the nearest first. */
function besideIn(walk: Walked, hash: ImageValue['hash']): Walked {
  const at = walk.findIndex(({ value }) => value.hash === hash);
  return [...walk.slice(at + 1), ...walk.slice(0, Math.max(0, at)).reverse()];
}
