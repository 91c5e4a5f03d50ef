/** One more take of what has takes already: asked for without a verdict on those there are. */
import { Plus } from 'lucide-react';
import type { TakeRecord } from '../../core/take.ts';
import { nextByItself } from '../../routing/ways-on.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { modelInWords } from '../market.ts';
import { priceAlone } from '../units.ts';
import { tip } from '../widgets/tip.ts';

/** `slot`: the takes of the deliverable that `take` is one of. */
export function AnotherTake({ take, slot }: { readonly take: TakeRecord; readonly slot: readonly TakeRecord[] }) {
  const { runs, desk, commands } = useApp();
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[take.node]?.takePlan);
  const running = useFact(runs, (state) => state.running);
  const { catalog, providers } = useFact(desk, (state) => state);
  // What the node asked for before it was changed is asked for no more.
  if (takePlan?.slot !== take.slot) return null;
  const next = nextByItself(takePlan, slot)?.candidate;
  const maker = next && modelInWords(catalog, providers, next);
  const price = next && priceAlone(next.estimate);
  return (
    <button
      className="button"
      type="button"
      disabled={running}
      {...tip(maker && price ? t('One more, made by {0}: {1}. Those there are stay.', maker, price) : undefined)}
      onClick={() => void commands.another(take)}
    >
      <Plus size={14} aria-hidden /> {t('Another')}
    </button>
  );
}
