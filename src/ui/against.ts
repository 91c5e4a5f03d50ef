/** What a result is held against when nobody has said it. */
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { App } from './app-context.ts';
import { comparables } from './comparable.ts';

/**
 * The one beside it among those that are walked through; else the newest of the graph, of its own kind if there is one.
 * Nothing where there is no other.
 */
export function againstOf(
  app: Pick<App, 'document' | 'registry' | 'runs' | 'desk'>,
  { kind, hash }: ImageValue | VideoValue,
  walk: readonly { readonly value: ImageValue | VideoValue }[] = comparables(app, app.desk.getState().takes),
): ImageValue | VideoValue | undefined {
  const others = walk.map(({ value }) => value).filter((value) => value.hash !== hash);
  return others.findLast((value) => value.kind === kind) ?? others.at(-1);
}
