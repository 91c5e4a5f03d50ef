/** The picture or clip on a card, and the takes it is one of: loaded with the first picture. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef } from 'react';
import type { NodeId, TakeId } from '../../core/ids.ts';
import type { ImageValue, Outputs, VideoValue } from '../../core/values.ts';
import { nthOf } from '../../ledger/receipt.ts';
import { useApp, useFact } from '../app-context.ts';
import { Media, pictureIn } from '../media.tsx';
import { takesNow, useLookedAt, useTakeOf } from '../shown-takes.ts';
import { named, tipToStopAt } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import { useQuickLook } from './quick-look.tsx';
import './card-picture.css';

interface PictureProps {
  readonly id: NodeId;
  /** Whose takes a verdict is about. */
  readonly judged: NodeId;
  readonly of: string;
  readonly stale: boolean;
  readonly picture: ImageValue | VideoValue;
}
/** In its own shape, as wide as the card: the take that is looked at, else what the node made. */
export function Pictured({ id, judged, of, stale, picture: made }: PictureProps) {
  const { workspace } = useApp();
  const looked = useLookedAt(judged);
  const picture = looked?.artifact ?? made;
  const shown = useTakeOf(judged, made.hash);
  const take = looked ?? shown;
  const card = useRef<HTMLButtonElement>(null);
  const { handlers, look } = useQuickLook(picture, of, card);
  return (
    <button
      ref={card}
      {...handlers}
      className="node__preview"
      type="button"
      data-stale={stale && !looked}
      aria-label={t('View result of {0}', of)}
      onClick={() => workspace.setState({ viewing: { node: id, value: picture } })}
    >
      <Media value={picture} of={of} />
      {look}
      {take && take.verdict.state !== 'open' && (
        <span className="node__verdict" data-state={take.verdict.state}>
          {t(take.verdict.state)}
        </span>
      )}
    </button>
  );
}

/** Walks the takes of what the node makes now, as the filmstrip counts them; nothing while there is only one. */
export function TakeWalk({
  judged,
  of,
  shown,
}: {
  readonly judged: NodeId;
  readonly of: string;
  readonly shown: Outputs | undefined;
}) {
  const { desk, runs, workspace } = useApp();
  const takes = useFact(desk, (state) => state.takes);
  const planned = useFact(runs, (state) => state.plan?.dispatched[judged]?.takePlan.slot);
  const looked = useLookedAt(judged);
  const slot = takesNow(takes, judged, planned, shown);
  const seen = slot.filter(({ artifact }) => artifact);
  const used = seen.findLast(({ artifact }) => artifact!.hash === pictureIn(shown)?.hash);
  const now = looked ?? used;
  if (!now || seen.length < 2) return null;
  const at = seen.findIndex(({ id }) => id === now.id);
  const look = (take: TakeId) => workspace.setState({ picked: { take, newest: slot.at(-1)!.id } });
  const step = (by: 1 | -1, name: string, Arrow: typeof ChevronLeft) => {
    const next = seen[at + by];
    return (
      <button
        type="button"
        {...named(name)}
        // It keeps the keyboard at the end of the row.
        aria-disabled={!next}
        onClick={(event) => {
          // Looking at takes chooses nothing on the canvas.
          event.stopPropagation();
          if (next) look(next.id);
        }}
      >
        <Arrow size={14} aria-hidden />
      </button>
    );
  };
  const isUsed = !used || now.id === used.id;
  return (
    <span className="walk nodrag" role="group" aria-label={t('Takes of {0}', of)}>
      {step(-1, t('Take before'), ChevronLeft)}
      <span
        className="tabular"
        data-used={isUsed}
        {...tipToStopAt(
          isUsed
            ? t('Take {0} of {1}: the graph goes on with it', nthOf(now, slot), slot.length)
            : t(
                'Take {0} of {1}: only looked at, the graph goes on with take {2}',
                nthOf(now, slot),
                slot.length,
                nthOf(used, slot),
              ),
        )}
      >
        {nthOf(now, slot)} / {slot.length}
      </span>
      {step(1, t('Take after'), ChevronRight)}
    </span>
  );
}
