/** What is heard of two clips that are compared: one of them at a time, in step with what is seen. */
import { Volume2, VolumeX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SoundPiece } from '../../core/values.ts';
import { useUrl } from '../media.tsx';
import type { Pair, PairSide } from '../pair.ts';
import { named } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';

/** What is heard may be so many seconds away from what is seen; the ear minds a jump more. */
const MOST_APART = 0.15;

export function PairSound({ pair }: { readonly pair: Pick<Pair, 'a' | 'b' | 'step' | 'steps' | 'isPlaying'> }) {
  const soundOf = (side: PairSide) => (pair[side].kind === 'video' ? (pair[side].sound ?? []) : []);
  const sounding = (['a', 'b'] as const).filter((side) => soundOf(side).length > 0);
  const [chosen, setChosen] = useState<PairSide | 'neither'>();
  const heard = chosen ?? sounding[0];
  return (
    <>
      {sounding.map((side) => {
        const isHeard = side === heard;
        const name = side.toUpperCase();
        return (
          <button
            key={side}
            className="button button--quiet"
            type="button"
            aria-pressed={isHeard}
            {...named(isHeard ? t('Do not hear {0}', name) : t('Hear {0}', name))}
            onClick={() => setChosen(isHeard ? 'neither' : side)}
          >
            {isHeard ? <Volume2 size={15} aria-hidden /> : <VolumeX size={15} aria-hidden />} {name}
          </button>
        );
      })}
      {(heard === 'a' || heard === 'b') &&
        soundOf(heard).map((piece) => (
          <Piece
            key={`${heard} ${piece.file} ${piece.at}`}
            piece={piece}
            time={pair.step / pair.steps.rate}
            isPlaying={pair.isPlaying}
          />
        ))}
    </>
  );
}

/** Without its fades: what is compared here is where something is heard. */
function Piece({
  piece: { file, from, at, seconds },
  time,
  isPlaying,
}: {
  readonly piece: SoundPiece;
  readonly time: number;
  readonly isPlaying: boolean;
}) {
  const url = useUrl(file);
  const audio = useRef<HTMLAudioElement>(null);
  const isDue = isPlaying && time >= at && time < at + seconds;
  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    if (!isDue) return element.pause();
    const due = from + time - at;
    if (Math.abs(element.currentTime - due) > MOST_APART) element.currentTime = due;
    // Where the browser lets nothing be heard before a person has clicked, it stays silent.
    if (element.paused) element.play().catch(() => {});
  }, [url, isDue, from, at, time]);
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- The sound of a clip that was made here: nobody has words for it.
  return url === undefined ? null : <audio ref={audio} src={url} preload="auto" />;
}
