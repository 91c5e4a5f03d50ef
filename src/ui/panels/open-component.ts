/** Which component is being looked into. */
import { componentIdOf } from '../../graph/component-type.ts';
import { boardAt } from '../../graph/component.ts';
import type { ComponentId } from '../../core/ids.ts';
import type { App } from '../app-context.ts';

/** The component the canvas shows; on the graph itself there is none. */
export function openComponent({ document }: Pick<App, 'document'>): ComponentId | undefined {
  const { graph, path } = document.getState();
  return path.length ? componentIdOf(boardAt(graph, path.slice(0, -1))?.nodes[path.at(-1)!]?.type ?? '') : undefined;
}
