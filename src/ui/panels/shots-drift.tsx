/** How far each shot of a film has moved away from the first one, measured when somebody opens it. */
import { useState } from 'react';
import { decimal, type Decimal } from '../../core/figures.ts';
import type { VideoValue } from '../../core/values.ts';
import { useDrift } from '../measured.ts';
import { FiguresTable } from './figures-table.tsx';
import { t, tell } from '../../words/t.ts';

export function ShotsDrift({ clips }: { readonly clips: readonly VideoValue[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="aside" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('Drift from the first shot')}</summary>
      {isOpen && <Drift clips={clips} />}
    </details>
  );
}

const PARTS = ['luma', 'contrast', 'chroma', 'crispness'] as const;

function Drift({ clips }: { readonly clips: readonly VideoValue[] }) {
  const drift = useDrift(clips);
  if (!drift) return <p className="muted">{t('Being measured …')}</p>;
  if (!drift.ok) return <p className="why why--bad">{tell(drift.error.message)}</p>;
  const { shots, perHop } = drift.value;
  const shares = (of: Readonly<Record<(typeof PARTS)[number], number>>) => PARTS.map((part) => signed(of[part]));
  const rows = [
    ...shots.map((shot, at) => ({
      name: t('Shot {0}', at + 2),
      values: [shown(decimal(shot.colour, 1)), ...shares(shot)],
    })),
    {
      name: t('Each hop'),
      meaning: t(
        'What each shot adds on the way from the first: near 0 for shots with approved keyframes, growing where each begins with the last picture of the one before.',
      ),
      values: ['', ...shares(perHop)],
    },
  ];
  return (
    <>
      <p className="muted">{t('Colour in ΔE, the rest in percent.')}</p>
      <FiguresTable
        heads={[t('Shot'), t('Colour'), t('Light'), t('Contrast'), t('Saturation'), t('Detail')]}
        rows={rows}
      />
    </>
  );
}

const shown = (figure: Decimal): string => t('{0}', figure);
const signed = (share: number): string =>
  share < 0 ? t('−{0}', decimal(-share * 100, 1)) : t('+{0}', decimal(share * 100, 1));
