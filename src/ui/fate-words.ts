/** What became of a take, as a person reads it. */
import { listed, say } from '../core/say.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Fate } from '../ledger/receipt.ts';
import { MEASURE } from '../measure/measure.ts';
import { t } from '../words/t.ts';

/** "accepted"; of what acceptance criteria turned down, which of them: "rejected by Sharpness". */
export function fateInWords({ verdict, measures }: Pick<TakeRecord, 'verdict' | 'measures'>, fate: Fate): string {
  const missed = measures.filter(({ passed }) => !passed);
  return fate === 'rejected' && verdict.by === 'criteria' && missed.length > 0
    ? t('rejected by {0}', listed(missed.map(({ measure }) => say(MEASURE[measure].label))))
    : t(fate);
}
