/** How far each shot of a film has moved away from the first one, measured when somebody opens it. */
import { useState } from 'react';
import { decimal } from '../../core/figures.ts';
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

function Drift({ clips }: { readonly clips: readonly VideoValue[] }) {
  const drift = useDrift(clips);
  if (!drift) return <p className="muted">{t('Being measured …')}</p>;
  if (!drift.ok) return <p className="why why--bad">{tell(drift.error.message)}</p>;
  const { shots, perHop } = drift.value;
  const part = (name: string, valueOf: (of: typeof perHop) => number) => ({
    name,
    values: [...shots, perHop].map((of) => signed(valueOf(of))),
  });
  const rows = [
    { name: t('Colour'), values: [...shots.map(({ colour }) => t('{0} ΔE', decimal(colour, 1))), '–'] },
    part(t('Light'), ({ luma }) => luma),
    part(t('Contrast'), ({ contrast }) => contrast),
    part(t('Saturation'), ({ chroma }) => chroma),
    part(t('Fine detail'), ({ crispness }) => crispness),
  ];
  return (
    <>
      <FiguresTable heads={[t('Measure'), ...shots.map((_, at) => t('Shot {0}', at + 2)), t('Each hop')]} rows={rows} />
      <p className="muted">
        {t(
          'Each hop: what a shot adds on the way from the first. Near 0 with approved keyframes; it grows where each shot begins with the last picture of the one before.',
        )}
      </p>
    </>
  );
}

const signed = (share: number): string =>
  share < 0 ? t('−{0} %', decimal(-share * 100, 1)) : t('+{0} %', decimal(share * 100, 1));
