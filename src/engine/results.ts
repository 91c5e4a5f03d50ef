/** Finished results by key, in memory, as plans and runs look them up. */
import type { CacheKey } from '../core/ids.ts';
import type { Outputs } from '../core/values.ts';

let editions = 0;

export class Results extends Map<CacheKey, Outputs> {
  /** Another number after each loss, and in each store: while it stays the same, what was found is still there. */
  edition = ++editions;

  override set(key: CacheKey, outputs: Outputs): this {
    const before = this.size;
    super.set(key, outputs);
    if (this.size === before) this.edition = ++editions;
    return this;
  }
  override delete(key: CacheKey): boolean {
    this.edition = ++editions;
    return super.delete(key);
  }
  override clear(): void {
    this.edition = ++editions;
    super.clear();
  }
}
