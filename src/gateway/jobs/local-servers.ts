/** Looks for servers on this computer, when a person asks for it: at the usual places, or where they said it is. */
import { say } from '../../core/say.ts';
import type { Access, Adapter } from '../../providers/adapter.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';
import type { LocalServer } from '../../routing/job.ts';
import { usualPlaces } from './local-addresses.ts';
import { addressName } from './service-keys.ts';

interface Search {
  /** Where the adapter is asked now. */
  baseOf(adapter: Adapter): string;
  isNamed(adapter: Adapter): boolean;
  /** Without a key: whoever listens there is not known yet. */
  accessTo(adapter: Adapter, address: string): Access;
}

/** Every place that was looked at, whether or not something answers there. */
export async function lookForServers(adapters: readonly Adapter[], search: Search): Promise<readonly LocalServer[]> {
  const places = adapters.flatMap((adapter) => {
    const isNamed = search.isNamed(adapter);
    const usual = usualPlaces(adapter);
    if (usual.length === 0) return [];
    return (isNamed ? [search.baseOf(adapter)] : usual).map((address) => ({ adapter, isNamed, address }));
  });
  return Promise.all(
    places.map(async ({ adapter, isNamed, address }) => ({
      provider: adapter.id,
      name: adapter.name,
      address,
      isUsed: address === search.baseOf(adapter),
      ...(isNamed ? { setBy: addressName(adapter) } : {}),
      ...(await answerAt(adapter, address, search)),
    })),
  );
}

async function answerAt(
  adapter: Adapter,
  address: string,
  { accessTo }: Search,
): Promise<Pick<LocalServer, 'answers' | 'remark'>> {
  try {
    await adapter.test(accessTo(adapter, address));
    return { answers: true };
  } catch (thrown) {
    // It is there, and wants to know who asks.
    if (thrown instanceof ServiceTrouble && thrown.kind === 'key')
      return { answers: true, remark: say('It wants a key.') };
    return { answers: false };
  }
}
