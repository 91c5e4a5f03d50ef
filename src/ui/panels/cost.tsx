/** Money in the run bar: the forecast before a run, the receipt after it. */
import { useMemo, useRef } from 'react';
import type { NodeId } from '../../core/ids.ts';
import { inDollars } from '../../core/money.ts';
import { forecast, inWords as costInWords, type Forecast } from '../../ledger/forecast.ts';
import { fateOf, inWords as receiptInWords, receiptOf } from '../../ledger/receipt.ts';
import { useApp, useFact } from '../app-context.ts';
import { linkTo } from '../navigation.ts';
import { nameOf } from '../nodes.ts';

export function useForecast(): Forecast | undefined {
  const { runs, desk } = useApp();
  const plan = useFact(runs, (state) => state.plan);
  const takes = useFact(desk, (state) => state.takes);
  return useMemo(() => plan && forecast(plan, takes), [plan, takes]);
}

const takesInWords = ([low, high]: readonly [number, number]) => `${low === high ? high : `${low} to ${high}`} ${high === 1 ? 'take' : 'takes'}`;

export function Cost() {
  const { document, registry, runs, desk } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const expected = useForecast();
  const graph = useFact(document, (state) => state.graph);
  const runId = useFact(runs, (state) => state.runId);
  const running = useFact(runs, (state) => state.running);
  const takes = useFact(desk, (state) => state.takes);
  const settings = useFact(desk, (state) => state.settings);
  const receipt = useMemo(() => (runId ? receiptOf(runId, takes) : undefined), [runId, takes]);
  if (!expected || Object.keys(expected.nodes).length === 0) return null;
  const nothing = expected.takes[1] === 0;
  const spent = receipt && receipt.takes.length > 0 ? `${receipt.unpriced ? '≥ ' : ''}${inDollars(receipt.charged)} spent` : '$0.00';
  const stuck = Object.values(expected.nodes).some(({ candidate }) => !candidate);
  const now = stuck && !running ? 'nobody can be asked' : running || nothing ? spent : `${costInWords(expected)}, ${takesInWords(expected.takes)}`;
  const titleOf = (id: NodeId) => nameOf(graph, registry, id);
  return (
    <>
      <button className="runbar__cost tabular" type="button" aria-label={`Cost: ${now}`} title="What it will cost, and what the last run did" onClick={() => dialog.current?.showModal()}>{now}</button>
      <dialog ref={dialog} className="sheet sheet--wide" aria-label="Cost" onClick={(event) => event.target === dialog.current && dialog.current?.close()}>
        <h2>Before the next run</h2>
        <p className="muted">{nothing ? 'Nothing would be generated.' : `${takesInWords(expected.takes)}, ${costInWords(expected)} in all.`} {settings.runCap !== undefined && `A run stops at ${inDollars(settings.runCap)}.`} {settings.monthlyBudget !== undefined && `The month stops at ${inDollars(settings.monthlyBudget)}.`}</p>
        <table className="grid tabular">
          <thead><tr><th>Node</th><th>Who would make it</th><th>Takes</th><th>This run</th><th title="Generation cost of one accepted take, at the acceptance rate learned so far. Before anything is judged: as if two of four had been accepted.">Per accepted take</th></tr></thead>
          <tbody>
            {(Object.keys(expected.nodes) as NodeId[]).map((id) => {
              const node = expected.nodes[id]!;
              return (
                <tr key={id}>
                  <td>{titleOf(id)}</td>
                  <td>{node.candidate?.name ?? 'nobody can be asked'}</td>
                  <td>{node.takes[1] === 0 ? 'none' : takesInWords(node.takes)}</td>
                  <td>{node.takes[1] === 0 ? '$0.00' : costInWords(node)}</td>
                  <td title={node.rate && `${node.rate.judged} judged so far; between ${Math.round(node.rate.low * 100)} and ${Math.round(node.rate.high * 100)} % are accepted, with 80 % certainty.`}>{node.perAccepted ? `${inDollars(node.perAccepted.expected)} (${inDollars(node.perAccepted.low)} to ${inDollars(node.perAccepted.high)})` : 'unknown'}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {receipt && (
          <>
            <h2 style={{ marginTop: 22 }}>Receipt of the last run</h2>
            <p className="muted">{receiptInWords(receipt)}{receipt.fallbacks ? `; ${receipt.fallbacks} answered by another model than the one asked` : ''}.</p>
            {receipt.takes.length > 0 && (
              <table className="grid tabular">
                <thead><tr><th>Node</th><th>Asked</th><th>Answered</th><th>Seed</th><th>Became</th><th>Charged</th></tr></thead>
                <tbody>
                  {receipt.takes.map((take) => (
                    <tr key={take.id}>
                      <td>{titleOf(take.node)}</td><td>{take.asked.model}</td><td title={take.why}>{take.answered.model}</td><td>{take.seed}</td><td>{fateOf(take, takes)}</td><td>{take.charged === null ? 'unknown' : inDollars(take.charged)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </>
        )}
        <div className="sheet__foot">
          <a className="button" href={linkTo({ screen: 'routing' })}>Routing</a>
          <a className="button" href={linkTo({ screen: 'audit' })}>Audit</a>
          <button className="button button--primary" type="button" onClick={() => dialog.current?.close()}>Close</button>
        </div>
      </dialog>
    </>
  );
}
