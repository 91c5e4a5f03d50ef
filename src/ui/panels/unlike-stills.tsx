/** Said where a shared keyframe is to lead from a still to one that shows something else. */
import { TriangleAlert } from 'lucide-react';
import { setJoin, SHARED_KEYFRAME } from '../../graph/shot-edits.ts';
import type { NodeId } from '../../core/ids.ts';
import { haveLittleInCommon } from '../../measure/still-likeness.ts';
import { useApp, useFact } from '../app-context.ts';
import { useLikeness } from '../measured.ts';
import type { ShotFacts } from '../shot-facts.ts';
import { t } from '../../words/t.ts';

/** Whether the stills of two shots that share a keyframe have little in common; false while that is not known. */
export function useUnlike({ shot, still }: ShotFacts, next: ShotFacts | undefined): boolean {
  const isShared = shot.join?.join === SHARED_KEYFRAME && shot.still !== undefined;
  const [from, to] = isShared ? [still.value, next?.still.value] : [];
  const [a, b] = [from?.kind === 'image' ? from : undefined, to?.kind === 'image' ? to : undefined];
  const likeness = useLikeness(a, b);
  return likeness?.ok === true && haveLittleInCommon(likeness.value);
}

export const unlikeInWords = (): string =>
  t(
    'These two stills have little in common: between them one would be seen through the other. Better a cut, or a bridge.',
  );

/** The sentence, and the cut. A bridge is offered with what else mends a join. */
export function UnlikeStills({
  facts,
  next,
  film,
  at,
}: {
  readonly facts: ShotFacts;
  readonly next: ShotFacts | undefined;
  readonly film: NodeId;
  readonly at: number;
}) {
  const { document, registry } = useApp();
  const readOnly = useFact(document, (state) => state.readOnly);
  if (!useUnlike(facts, next)) return null;
  return (
    <>
      <p className="why">
        <TriangleAlert size={14} aria-hidden /> {unlikeInWords()}
      </p>
      {!readOnly && (
        <button
          className="button"
          type="button"
          onClick={() => document.edit('Change join', (draft) => setJoin(draft, registry, film, at, 'cut'))}
        >
          {t('Make it a cut')}
        </button>
      )}
    </>
  );
}
