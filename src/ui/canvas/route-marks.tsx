/**
 * About who makes a node's takes: who is asked next and for how much, who is at work and what there is so far, a pin, or
 * who stood in.
 */
import { CornerDownRight, Pin, Ruler, TriangleAlert } from 'lucide-react';
import type { ArtifactHash, NodeId } from '../../core/ids.ts';
import type { ModelRef, TakeRecord } from '../../core/take.ts';
import { isFallback } from '../../ledger/receipt.ts';
import { BUILT_IN } from '../../routing/catalog.ts';
import { nextOf } from '../../routing/take-plan.ts';
import { t, tell, tellAll } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { useMadeOfInputs } from '../asked-next.ts';
import { sentInWords } from '../sent-words.ts';
import { useTakeOf } from '../shown-takes.ts';
import { serviceName } from '../market.ts';
import { whyAhead } from '../status.ts';
import { priceAlone } from '../units.ts';
import { useJob, usePreview } from '../use-job.ts';
import { named, tipToStopAt } from '../widgets/tip.ts';
import './route-marks.css';

export interface RouteMarked {
  /** The id under which takes know the node. */
  readonly flat: NodeId;
  readonly pinned: ModelRef | undefined;
  /** Of the picture shown. */
  readonly hash: ArtifactHash | undefined;
}

export function RouteMarks({ flat, pinned, hash }: RouteMarked) {
  const stoodIn = useStoodIn(flat, hash);
  const pinnedName = useModelName(pinned);
  const pending = useFact(useApp().desk, ({ takes }) => takes.findLast(isInWorkAt(flat)));
  const inWork = useInWork(flat);
  const maker = useMaker(flat);
  if (!pinned && !stoodIn && !inWork && !maker) return null;
  return (
    <>
      {pending && <SoFar key={pending.id} take={pending} />}
      <div className="route-marks">
        {inWork && <span className="route-marks__work tabular">{inWork}</span>}
        {pinned && (
          <span
            className="route-marks__pin"
            {...tipToStopAt(t('Pinned to {0}. The table is passed over.', pinnedName))}
          >
            <Pin size={11} aria-hidden /> <span>{(!inWork && maker) || pinnedName}</span>
          </span>
        )}
        {maker && !pinned && !inWork && (
          <span className="route-marks__maker tabular" {...tipToStopAt(t('Who makes the next take, and its price'))}>
            <span>{maker}</span>
          </span>
        )}
        {maker && !inWork && <InputsLeft flat={flat} />}
        {stoodIn && (
          <span className="route-marks__fallback" role="img" tabIndex={0} {...named(stoodIn)}>
            <CornerDownRight size={12} aria-hidden />
          </span>
        )}
      </div>
    </>
  );
}

/** How many wishes its next model does not take as they are; else that it has limits. */
function InputsLeft({ flat }: Pick<RouteMarked, 'flat'>) {
  const { notes, limits } = useMadeOfInputs(flat);
  const values = limits.filter(({ isUnused }) => !isUnused);
  if (notes.length === 0 && values.length === 0) return null;
  const says = [...notes, ...values].map((one) => one.says);
  return (
    <span
      className="route-marks__inputs tabular"
      data-changed={notes.length > 0}
      role="img"
      tabIndex={0}
      {...named(tellAll(says, ' '))}
    >
      {notes.length > 0 ? <TriangleAlert size={12} aria-hidden /> : <Ruler size={12} aria-hidden />}
      {notes.length > 0 && notes.length}
    </span>
  );
}

/** What there is so far of a picture that is being made, in the place of what the card showed before. */
function SoFar({ take }: { readonly take: TakeRecord }) {
  const url = usePreview(take, useJob(take)?.job);
  return url && <img className="route-marks__so-far" src={url} alt={t('What there is of it so far')} />;
}

const isInWorkAt =
  (flat: NodeId) =>
  ({ node, state }: TakeRecord): boolean =>
    node === flat && state === 'pending';

/** "FLUX.2 [pro] · fal · $0.03": who a run asks for its next take. Nothing where that is the built-in engine. */
function useMaker(flat: NodeId): string | undefined {
  const { runs, desk } = useApp();
  const takePlan = useFact(runs, ({ plan }) =>
    whyAhead(plan?.nodes[flat]) ? plan?.dispatched[flat]?.takePlan : undefined,
  );
  const providers = useFact(desk, (state) => state.providers);
  if (!takePlan) return undefined;
  const next = nextOf(takePlan);
  if (next.kind !== 'make' || next.step.candidate.provider === BUILT_IN.provider) return undefined;
  const { name, provider, estimate } = next.step.candidate;
  const price = priceAlone(estimate);
  return [t(name), serviceName(providers, provider), price].join(' · ');
}

/** Who is at work on its take, since when and for how much. */
function useInWork(flat: NodeId): string | undefined {
  const { desk, runs } = useApp();
  const nodes = useFact(runs, (state) => state.nodes);
  return useFact(desk, ({ takes, providers }) => sentInWords(takes.filter(isInWorkAt(flat)), providers, nodes));
}

function useModelName(ref: ModelRef | undefined): string {
  const { desk } = useApp();
  return useFact(desk, (state) => (ref ? t(state.catalog.find(ref)?.model.name ?? ref.model) : ''));
}

/** Who stood in for whom, and why, where the picture shown was made so. */
function useStoodIn(flat: NodeId, hash: ArtifactHash | undefined): string | undefined {
  const { desk } = useApp();
  const take = useTakeOf(flat, hash);
  const stands = useFact(desk, ({ takes, providers = [] }) => {
    const isAlone = !providers.some(({ id, isReady }) => isReady && id !== BUILT_IN.provider);
    return take !== undefined && isFallback(take, takes, isAlone);
  });
  const asked = useModelName(take?.asked);
  const answered = useModelName(take?.answered);
  return take && stands ? t('{0} stood in for {1}. {2}', answered, asked, tell(take.why)) : undefined;
}
