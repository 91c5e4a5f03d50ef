/** Settings of a backup: marks and references that are missing here are added, the rest only when a person says so. */
import { isRecord, type Loose } from '../core/loose.ts';
import { isFiniteNumber, isShortText, isListOf, isOneOf, isRecordOf, isRowOf } from '../core/data-shapes.ts';
import type { MoneySettings } from '../ledger/money-settings.ts';
import { readSettings } from '../ledger/read-money-settings.ts';
import { readReferences } from '../measure/look-reference.ts';
import { BUDGET_SETTING, budgetFrom } from '../session/space.ts';
import type { ViewSettings } from '../state/workspace.ts';
import { VIEW_SETTING } from '../storage/backup-snapshot.ts';
import { REFERENCES_SETTING } from '../storage/campaign-store.ts';
import type { SettingRow } from '../storage/db.ts';
import type { RoutingStore } from '../storage/routing-store.ts';
import { MONEY_SETTING } from './desk-commands.ts';
import { readView } from './view.ts';

const isBook = isRowOf({
  overrides: isListOf(
    isRowOf({
      provider: isShortText,
      model: isShortText,
      amount: isFiniteNumber,
      unit: isOneOf('image', 'megapixel', 'second', 'video'),
      at: isFiniteNumber,
    }),
  ),
  creditRates: isRecordOf(isFiniteNumber),
});
/** `undefined` for what is no setting about money. */
const moneyIn = (value: unknown): MoneySettings | undefined =>
  isRecord(value) && isBook(value['book']) ? readSettings(value) : undefined;

/** `isWished`: they take the place of those that are here. Other settings than these belong to no backup. */
export async function restoreSettings(
  rows: readonly SettingRow[],
  isWished: boolean,
  storage: RoutingStore,
  setView: (view: ViewSettings) => void,
): Promise<void> {
  const found: Loose = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  const money = moneyIn(found[MONEY_SETTING]);
  if (money)
    await storage.changeSetting(MONEY_SETTING, (stored) => {
      const here = readSettings(stored);
      const audited = { ...money.audited, ...here.audited };
      const reviewed = { ...money.reviewed, ...here.reviewed };
      return { ...(isWished ? money : here), audited, reviewed };
    });
  const references = readReferences(found[REFERENCES_SETTING]);
  if (Object.keys(references).length > 0)
    await storage.changeSetting(REFERENCES_SETTING, (stored) => ({ ...references, ...readReferences(stored) }));
  if (!isWished) return;
  if (found[BUDGET_SETTING] !== undefined)
    await storage.changeSetting(BUDGET_SETTING, () => budgetFrom(found[BUDGET_SETTING]));
  if (found[VIEW_SETTING] !== undefined) setView(readView(found[VIEW_SETTING]));
}
