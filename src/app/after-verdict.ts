/**
 * A run that waits at gates goes on by itself once what it waits for is accepted. One that nobody here waits for, as
 * after a reload, is only offered: a verdict alone spends nothing.
 */
import { expanded } from '../graph/flat-graph.ts';
import { downstreamOf } from '../graph/ends.ts';
import type { NodeId } from '../core/ids.ts';
import { takesNow } from '../ui/shown-takes.ts';
import type { Services } from './services.ts';
import type { StartRun } from './runner.ts';
import { t } from '../words/t.ts';

type Needs = Pick<Services, 'document' | 'runs' | 'desk' | 'workspace'>;

/** Returns what to call when a person has accepted a take of a node. */
export function goOnAfterVerdicts(
  { document, runs, desk, workspace }: Needs,
  startRun: StartRun,
): (node: NodeId) => void {
  /** Accepted while a run goes on, which may have passed their gates already. */
  let accepted: readonly NodeId[] = [];
  let withdrawOffer = () => {};

  function isAccepted(node: NodeId): boolean {
    const slot = runs.getState().plan?.dispatched[node]?.takePlan.slot;
    return takesNow(desk.getState().takes, node, slot).some(({ verdict }) => verdict.state === 'accepted');
  }
  /** Gates that waited for this node, and now for nobody. */
  function gatesOpenedBy(node: NodeId): readonly NodeId[] {
    const { plan } = runs.getState();
    if (!plan) return [];
    return (Object.keys(plan.gates) as NodeId[]).filter((gate) => {
      const takes = plan.gates[gate]!;
      const asks = plan.nodes[gate]?.state === 'waits' && takes.some((take) => take.node === node);
      return asks && takes.every((take) => isAccepted(take.node));
    });
  }

  function goOn(gates: readonly NodeId[]): void {
    if (gates.length === 0) return;
    const { waiting, nodes } = runs.getState();
    const isWaitedFor = waiting && gates.some((gate) => nodes[gate]?.status === 'waiting');
    // The seeds stay: a moving one would make anew what was just accepted.
    if (isWaitedFor) return void startRun(waiting.targets, 'as they are');
    withdrawOffer();
    const behind = downstreamOf(expanded(document.getState().graph), gates);
    withdrawOffer = workspace.notifyUntil(
      'info',
      t('It is accepted. What waited behind its gate can be made now.'),
      undefined,
      { label: t('Go on'), act: () => void startRun(behind, 'as they are') },
    );
  }

  runs.subscribe((now, before) => {
    if (now.running === before.running) return;
    withdrawOffer();
    if (now.running) return;
    const opened = new Set(accepted.flatMap(gatesOpenedBy));
    accepted = [];
    // After whoever else hears that this run has ended.
    if (opened.size > 0) queueMicrotask(() => goOn([...opened]));
  });

  return (node) => {
    if (runs.getState().running) accepted = [...accepted, node];
    else goOn(gatesOpenedBy(node));
  };
}
