/** Services behind the gateway: which there are, whether they can be asked, for how much, and their keys on the way there. */
import type { GatewayClient } from '../providers/gateway-client.ts';
import type { ProviderView } from '../routing/job.ts';
import { pricesToAsk, withQuotes } from '../routing/quotes.ts';
import type { DeskState, DeskStore } from '../state/desk.ts';
import type { ProviderCommands } from '../ui/commands.ts';

/** For a service that was asked for its prices, in milliseconds. */
const PATIENCE_MS = 30_000;

interface Followed {
  /** Settles when services told prices that nobody knew yet, or cannot now. */
  askPrices(): Promise<void>;
  /** From now on; a command line beside the page keeps to the month's budget too, and learns it from the gateway. */
  tellBudget(): void;
}

export function createProviderCommands(desk: DeskStore, gateway: GatewayClient): ProviderCommands & Followed {
  let asking: Promise<void> | undefined;
  /** Every plan and every run asks: where a service does not answer, not again at once. */
  let asksAgainAt = 0;

  async function askServices(): Promise<void> {
    const { tables, catalog, providers = [], quotes } = desk.getState();
    const now = Date.now();
    const asked = now < asksAgainAt ? [] : pricesToAsk(tables, catalog, providers, quotes, now);
    if (asked.length === 0) return;
    const fresh = await gateway.quotes(asked).catch(() => []);
    if (fresh.length < asked.length) asksAgainAt = now + PATIENCE_MS;
    if (fresh.length > 0) desk.setState({ quotes: withQuotes(desk.getState().quotes, fresh) });
  }

  function note(fresh: ProviderView | undefined): boolean {
    if (!fresh) return false;
    const { providers = [] } = desk.getState();
    desk.setState({ providers: providers.map((one) => (one.id === fresh.id ? fresh : one)) });
    return true;
  }
  async function refreshProviders(): Promise<void> {
    const providers = await gateway.providers();
    // The same again would plan every graph anew.
    if (JSON.stringify(providers) !== JSON.stringify(desk.getState().providers)) desk.setState({ providers });
  }
  return {
    refreshProviders,
    askPrices: () => (asking ??= askServices().finally(() => (asking = undefined))),
    tellBudget() {
      const told = ({ settings, providers }: DeskState) => providers && { monthly: settings.monthlyBudget };
      const tell = (state: DeskState, before?: DeskState) => {
        const now = told(state);
        const earlier = before && told(before);
        if (now && (!earlier || now.monthly !== earlier.monthly)) gateway.keepBudget(now.monthly).catch(() => {});
      };
      tell(desk.getState());
      desk.subscribe(tell);
    },
    testProvider: async (id) => note(await gateway.test(id)),
    async enterKey(id, key) {
      if (!note(await gateway.enterKey(id, key))) return false;
      return key === '' || note(await gateway.test(id));
    },
    async findServers() {
      const found = await gateway.findServers().catch(() => undefined);
      // One that answers where it is asked counts as set up from now on.
      if (found) await refreshProviders();
      return found;
    },
    useServer: async (id, address) => note(await gateway.useServer(id, address)),
  };
}
