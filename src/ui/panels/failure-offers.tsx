/** What can be done where a node failed: only what is true of this failure, and what it cost. */
import { FileText, PencilLine, PinOff, ReceiptText } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Failure } from '../../core/errors.ts';
import type { NodeId } from '../../core/ids.ts';
import { sameModel, type TakeRecord } from '../../core/take.ts';
import { costKnown, nthOf } from '../../ledger/receipt.ts';
import type { Considered } from '../../routing/resolve.ts';
import { tableFor } from '../../routing/table-for.ts';
import { underTable } from '../../routing/take-plan.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { modelInWords, useMarket } from '../market.ts';
import { pinModel } from '../pin-model.ts';
import { showFresh } from '../placing.ts';
import { promptBefore } from '../prompt-before.ts';
import { priceInWords } from '../units.ts';
import { TakeSheet } from './take-sheet.tsx';
import './failure-offers.css';

/** Of a refusal, so many others are offered: the pin lists all. */
const MOST_OTHERS = 3;

/** `node` is its id on the board, `flat` the one that takes know it by. */
export default function FailureOffers({
  node,
  flat,
  failure,
}: {
  readonly node: NodeId;
  readonly flat: NodeId;
  readonly failure: Failure;
}) {
  const app = useApp();
  const { document, desk } = app;
  const readOnly = useFact(document, (state) => state.readOnly);
  const isPinned = useFact(document, (state) => state.board.nodes[node]?.pinned !== undefined);
  const take = useFact(desk, (state) => {
    const last = state.takes.findLast((one) => one.node === flat);
    return last?.failure ? last : undefined;
  });
  const isRefusal = failure.code === 'refused';
  return (
    <div className="failure-offers">
      {take && <p>{t('Cost: {0}', costKnown(take))}</p>}
      {isRefusal && !readOnly && <ChangePrompt node={node} />}
      {isRefusal && !readOnly && take && <AskAnother node={node} flat={flat} refused={take} />}
      {!readOnly && <SketchInstead node={node} flat={flat} />}
      {take && <SeeSent take={take} />}
      {isPinned && !isRefusal && !readOnly && (
        <button className="button" type="button" onClick={() => pinModel(app, node, undefined)}>
          <PinOff size={13} aria-hidden /> {t('Unpin')}
        </button>
      )}
    </div>
  );
}

function ChangePrompt({ node }: { readonly node: NodeId }) {
  const app = useApp();
  const { document, registry } = app;
  const prompt = useFact(document, (state) => promptBefore(state.board, registry, node));
  if (!prompt) return null;
  return (
    <button className="button" type="button" onClick={() => showFresh(app, prompt)}>
      <PencilLine size={13} aria-hidden /> {t('Change the prompt')}
    </button>
  );
}

/** The others of the row who can be asked, each at its price: the node is pinned to who is chosen, and runs. */
function AskAnother({
  node,
  flat,
  refused,
}: {
  readonly node: NodeId;
  readonly flat: NodeId;
  readonly refused: TakeRecord;
}) {
  const app = useApp();
  const { document, desk, runs, commands } = app;
  const market = useMarket();
  const tables = useFact(desk, (state) => state.tables);
  const providers = useFact(desk, (state) => state.providers);
  const running = useFact(runs, (state) => state.running);
  const routing = useFact(document, (state) => state.graph.routing);
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[flat]?.takePlan);
  const others = useMemo((): readonly Considered[] => {
    if (!takePlan) return [];
    const { pinned: _, ...request } = takePlan.request;
    const table = tableFor(routing ? { routing } : {}, tables);
    const { considered } = underTable({ ...takePlan, request }, table, market).resolution;
    return considered.filter((one) => one.reasons.length === 0 && !sameModel(one, refused.answered));
  }, [takePlan, routing, tables, market, refused]);
  const ask = (candidate: Considered) => {
    pinModel(app, node, candidate);
    void commands.startRun([flat], 'as they are');
  };
  return others.slice(0, MOST_OTHERS).map((candidate) => (
    <button
      key={`${candidate.provider} ${candidate.model}`}
      className="button"
      type="button"
      disabled={running}
      onClick={() => ask(candidate)}
    >
      {t('Ask {0}: {1}', modelInWords(market.catalog, providers, candidate), priceInWords(candidate.estimate))}
    </button>
  ));
}

/** The built-in engine does not stand in for a service by itself: here a person says that it may. */
function SketchInstead({ node, flat }: { readonly node: NodeId; readonly flat: NodeId }) {
  const app = useApp();
  const { runs, commands } = app;
  const running = useFact(runs, (state) => state.running);
  const standIn = useFact(runs, (state) =>
    state.plan?.dispatched[flat]?.takePlan.resolution.considered.find(
      ({ isStandIn, reasons }) => isStandIn && reasons.length === 1,
    ),
  );
  if (!standIn) return null;
  const draw = () => {
    pinModel(app, node, standIn);
    void commands.startRun([flat], 'as they are');
  };
  return (
    <button className="button" type="button" disabled={running} onClick={draw}>
      {t('Draw a sketch instead: {0}', priceInWords(standIn.estimate))}
    </button>
  );
}

function SeeSent({ take }: { readonly take: TakeRecord }) {
  const { desk } = useApp();
  const takes = useFact(desk, (state) => state.takes);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button className="button" type="button" onClick={() => setOpen(true)}>
        {take.sent ? <FileText size={13} aria-hidden /> : <ReceiptText size={13} aria-hidden />}{' '}
        {take.sent ? t('See what was sent') : t('Receipt of this take')}
      </button>
      {isOpen && <TakeSheet take={take} nth={nthOf(take, takes)} onClose={() => setOpen(false)} />}
    </>
  );
}
