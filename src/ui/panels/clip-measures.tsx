/** How a clip moves and whether it holds together, measured when somebody opens it. */
import { useState } from 'react';
import { decimal } from '../../core/figures.ts';
import type { VideoValue } from '../../core/values.ts';
import type { ClipMotion } from '../../measure/clip-motion.ts';
import { useClipMotion } from '../measured.ts';
import { FiguresTable } from './figures-table.tsx';
import { t, tell } from '../../words/t.ts';

export default function ClipMeasures({ clip }: { readonly clip: VideoValue }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="aside" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('Measures of this clip')}</summary>
      {isOpen && <Figures clip={clip} />}
    </details>
  );
}

function Figures({ clip }: { readonly clip: VideoValue }) {
  const motion = useClipMotion(clip);
  if (!motion) return <p className="muted">{t('Being measured …')}</p>;
  if (!motion.ok) return <p className="why why--bad">{tell(motion.error.message)}</p>;
  return <FiguresTable heads={[t('Measure'), t('Here')]} rows={motionRows(motion.value)} />;
}

/** Rows of a table; one column for each clip. */
export const motionRows = (...clips: readonly ClipMotion[]) => [
  {
    name: t('Steadiness'),
    meaning: t(
      'How little neighbouring frames differ, 1 for not at all (VBench, temporal flickering). For clips that stand still.',
    ),
    values: clips.map(({ steadiness }) => t('{0}', decimal(steadiness, 3))),
  },
  {
    name: t('Dynamic'),
    meaning: t('Whether enough of it moves far enough to count as moving (VBench, dynamic degree).'),
    values: clips.map(({ isDynamic }) => (isDynamic ? t('yes') : t('no'))),
  },
  {
    name: t('Largest motion'),
    meaning: t('How far the fastest twentieth of the picture goes from one looked-at frame to the next, in pixels.'),
    values: clips.map(({ largestMotion }) => t('{0}', decimal(largestMotion, 1))),
  },
  {
    name: t('Warping error'),
    meaning: t(
      'How much a frame differs from the next one moved back onto it, in millionths: what flickers or boils is high.',
    ),
    values: clips.map(({ warpingError }) => t('{0}', decimal(warpingError * 1e6, 0))),
  },
  {
    name: t('Error by motion'),
    meaning: t(
      'The warping error by how much moves, in millionths: low only for what moves and holds. A still has none.',
    ),
    values: clips.map(({ motionAwareError }) =>
      motionAwareError === undefined ? '–' : t('{0}', decimal(motionAwareError * 1e6, 1)),
    ),
  },
  {
    name: t('Evenness of motion'),
    meaning: t('How near each frame is to the middle of its neighbours, 1 for exactly there. Our own measure.'),
    values: clips.map(({ midpointLikeness }) => t('{0}', decimal(midpointLikeness, 4))),
  },
];
