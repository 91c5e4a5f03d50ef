/** What a person says of prices, where the catalog says something else or nothing. */
import type { Micros } from '../core/money.ts';
import type { ModelRef } from '../core/take.ts';

export interface PriceOverride extends ModelRef {
  readonly amount: Micros;
  readonly unit: 'image' | 'megapixel' | 'second' | 'video';
  /** When the user entered it; older ones are kept, the newest counts. */
  readonly at: number;
}
/** The user's corrections to the catalog. */
export interface PriceBook {
  readonly overrides: readonly PriceOverride[];
  /** Dollars per credit by provider. */
  readonly creditRates: Readonly<Record<string, Micros>>;
}
export const NO_OVERRIDES: PriceBook = { overrides: [], creditRates: {} };
