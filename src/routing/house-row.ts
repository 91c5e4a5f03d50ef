/** One row of the table that ships. Every row ends with the built-in engine, so nothing needs a key. */
import type { ModelRef, Tier, WorkKind } from '../core/take.ts';
import { BUILT_IN } from './catalog.ts';
import type { Row, RowTier } from './routing-table.ts';

/** "model @ provider", in order; the built-in engine is added as the last. */
export function houseRow(
  work: WorkKind,
  tier: RowTier,
  names: string,
  rules: Partial<Row> & { readonly why: string },
): Row {
  const candidates: ModelRef[] = names.split(',').map((name) => {
    const [model = '', provider = ''] = name.split('@').map((part) => part.trim());
    return { provider, model };
  });
  return {
    work,
    tier,
    candidates: [...candidates, BUILT_IN],
    needs: [],
    fallbacks: 1,
    switchAfter: 3,
    cap: tier === 'draft' ? 12 : 6,
    ...rules,
  };
}
export const escalate = (to: Tier) => ({ escalateTo: to });
