/** How what is looked at was made. */
import type { TakeRecord } from '../../core/take.ts';
import type { ImageValue, VideoValue } from '../../core/values.ts';
import { decimal } from '../../core/figures.ts';
import { t } from '../../words/t.ts';
import { TakeReceipt } from './take-receipt.tsx';

export function ViewerFacts({
  take,
  value,
}: {
  readonly take: TakeRecord | undefined;
  readonly value: ImageValue | VideoValue;
}) {
  return (
    <aside className="viewer__facts" aria-label={t('How it was made')} tabIndex={0}>
      <h3>{t('How it was made')}</h3>
      <p className="tabular">
        {value.kind === 'video'
          ? t('{0} × {1}, {2} {2|frame|frames} a second', value.width, value.height, decimal(value.fps, 2))
          : `${value.width} × ${value.height}`}
      </p>
      {take ? (
        <>
          {take.request.prompt.text && <p className="viewer__prompt">{take.request.prompt.text}</p>}
          {take.request.prompt.negative && <p className="muted">{t('Not: {0}', take.request.prompt.negative)}</p>}
          <TakeReceipt take={take} />
        </>
      ) : (
        <p>{t('No model was asked for this: the node that shows it made it of what it was given.')}</p>
      )}
    </aside>
  );
}
