/** From a node to the comparison of what comes of it. */
import type { NodeId } from '../core/ids.ts';
import { FREE } from '../core/money.ts';
import { nodeIds } from '../graph/graph.ts';
import { beginSweep, shownFor } from '../graph/sweep-edits.ts';
import { asOneRow } from '../graph/swept-graph.ts';
import { addTwoWays, promptOf, twoWaysOf } from '../graph/two-ways.ts';
import type { App } from './app-context.ts';
import { againstOf } from './comparable.ts';
import { goTo } from './navigation.ts';
import { pictureOf } from './node-facts.ts';
import { t } from '../words/t.ts';

/** A sweep of what this node leads to; one of that very result stays as it is. */
export function sweepNode({ document, registry, workspace }: App, node: NodeId | undefined): void {
  const { id, graph, path, readOnly } = document.getState();
  const shows = node && path.length === 0 ? shownFor(graph, registry, node) : undefined;
  if (!id) return;
  if (!shows) {
    const hint = path.length > 0 ? t('Inside a component, leave it and choose its instance.') : undefined;
    return workspace.notify('info', t('Choose a node that makes a picture, or leads to one.'), hint);
  }
  if (!readOnly && graph.sweep?.shows !== shows) document.edit('Begin a sweep', (_, whole) => beginSweep(whole, shows));
  goTo({ screen: 'compare', id });
}

/** The results of two nodes against each other; that of one alone against whatever is next to be compared. */
export function compareNodes(app: App, nodes: readonly NodeId[]): void {
  const shown = nodes.flatMap((node) => {
    const value = pictureOf(app, node);
    return value ? [{ node, value }] : [];
  });
  const [a, b] = shown;
  const against = a && (b?.value ?? againstOf(app, a.value));
  if (!a || !against)
    return app.workspace.notify(
      'info',
      t('There is nothing to compare yet.'),
      t('Choose one or two nodes that have made a picture or a clip.'),
    );
  app.workspace.setState({ viewing: { ...a, against } });
}

/**
 * Both ways from the prompt of a node to a clip, shown side by side. What costs nothing is made at once; a price is
 * said first.
 */
export async function compareWays(app: App, chosen: NodeId | undefined): Promise<void> {
  const { document, registry, workspace, commands } = app;
  const { id, graph, path, readOnly } = document.getState();
  if (!id || readOnly || path.length > 0) return;
  const node = chosen ?? nodeIds(graph).find((one) => promptOf(graph, registry, one));
  if (!node || !promptOf(graph, registry, node))
    return workspace.notify(
      'info',
      t('There is no prompt to make clips of.'),
      t('Choose a Prompt node, or a node that makes pictures or clips of one.'),
    );
  const isThere = twoWaysOf(graph, registry).some((ways) => Object.values(ways).includes(node));
  const ways = isThere
    ? undefined
    : document.edit('Text against still', (_, whole) => addTwoWays(whole, registry, node));
  goTo({ screen: 'compare', id });
  if (!ways) return;
  const targets = [ways.byText, ways.byStill];
  const [plan] = (await commands.planRows({ graph: asOneRow(document.getState().graph), targets })) ?? [];
  const isFree = plan?.cost.high === FREE && plan.cost.certainty !== '?' && plan.cost.certainty !== '≥';
  if (isFree && document.getState().id === id) await commands.startRun(targets, 'as they are');
}
