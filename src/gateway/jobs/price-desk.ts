/** Asks services what their models cost, and remembers it for a while, whoever asked. */
import { grouped } from '../../core/grouped.ts';
import { quoteFor, QUOTE_HOLDS_MS, withQuotes, type PriceQuestion, type Quote } from '../../routing/quotes.ts';
import type { UnitPrice } from '../../routing/quotes.ts';

/** `undefined`: the service cannot be asked. */
type AskPrices = (provider: string, models: readonly string[]) => Promise<ReadonlyMap<string, UnitPrice> | undefined>;

/** What could not be asked for now is left out. Of what the service does not say, that is said: it is not asked again. */
export function createPriceDesk(
  now: () => number,
  ask: AskPrices,
): (asked: readonly PriceQuestion[]) => Promise<readonly Quote[]> {
  let known: readonly Quote[] = [];

  async function askOne(provider: string, models: readonly string[]): Promise<void> {
    const prices = await ask(provider, models).catch(() => undefined);
    if (!prices) return;
    const at = now();
    known = withQuotes(
      known,
      models.map((model) => ({ provider, model, price: prices.get(model) ?? null, at })),
    );
  }
  return async (asked) => {
    known = known.filter(({ at }) => now() - at < QUOTE_HOLDS_MS);
    const open = asked.filter((question) => !quoteFor(known, question));
    await Promise.all(
      [...grouped(open, ({ provider }) => provider)].map(([provider, questions]) =>
        askOne(
          provider,
          questions.map(({ model }) => model),
        ),
      ),
    );
    return asked.flatMap((question) => quoteFor(known, question) ?? []);
  };
}
