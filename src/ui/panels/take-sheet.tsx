/** The receipt of a take over the page, for takes that are shown where there is no room for it. */
import type { TakeRecord } from '../../core/take.ts';
import { t } from '../../words/t.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { TakeReceipt } from './take-receipt.tsx';

/** `nth`: what the take is called among those of its deliverable. */
export function TakeSheet({
  take,
  nth,
  onClose,
}: {
  readonly take: TakeRecord;
  readonly nth: number;
  readonly onClose: () => void;
}) {
  return (
    <Sheet heading={t('Receipt of take {0}', nth)} begin="top" onClose={onClose}>
      <TakeReceipt take={take} />
      <div className="sheet__foot">
        <button className="button button--primary" type="button" onClick={onClose}>
          {t('Close')}
        </button>
      </div>
    </Sheet>
  );
}
