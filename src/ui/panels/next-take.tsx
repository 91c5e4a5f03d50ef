/** Under the reasons for a rejection: who makes the next take by itself and at which price, and the other ways. */
import type { TakeRecord } from '../../core/take.ts';
import { nextByItself } from '../../routing/ways-on.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { modelInWords } from '../market.ts';
import { priceAlone } from '../units.ts';
import { WaysOn } from './offered-ways.tsx';

export function NextTake({ take, reject }: { readonly take: TakeRecord; readonly reject: () => Promise<boolean> }) {
  const { runs, desk } = useApp();
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[take.node]?.takePlan);
  const { catalog, providers, takes } = useFact(desk, (state) => state);
  // A verdict on what the node asks for no more leads to nothing.
  if (!takePlan || takePlan.slot !== take.slot) return null;
  const slot = takes.filter(({ node, slot: name }) => node === take.node && name === take.slot);
  const next = nextByItself(takePlan, slot);
  const { seed } = takePlan.request;
  const price = next && priceAlone(next.candidate.estimate);
  const maker = next && modelInWords(catalog, providers, next.candidate);
  return (
    <>
      <p className="reject__next">
        {maker && price
          ? seed.locked
            ? t('The next take is made by {0} with the same seed: {1}.', maker, price)
            : t('The next take is made by {0}: {1}.', maker, price)
          : takePlan.resolution.usable.length > 0 && seed.locked
            ? t('With this seed every model of the row was tried. Reject it, and go on with:')
            : t('No take follows by itself. Reject it, and go on with:')}
      </p>
      <WaysOn node={take.node} slot={slot} before={reject} />
    </>
  );
}
