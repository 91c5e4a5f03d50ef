/** Services behind the gateway: which there are, whether they can be asked, for how much, and their keys on the way there. */
import type { Graph } from '../graph/graph.ts';
import type { GatewayClient } from '../providers/gateway-client.ts';
import type { ModelRef } from '../core/take.ts';
import { monthStart } from '../ledger/month.ts';
import type { ProviderView } from '../routing/job.ts';
import { modelsToPrice, pricesToAsk, quoteFor, withQuotes } from '../routing/quotes.ts';
import type { DeskState, DeskStore } from '../state/desk.ts';
import type { ProviderCommands } from '../ui/commands.ts';

/** For a service that was asked for its prices, in milliseconds. */
const PATIENCE_MS = 30_000;

interface Followed {
  /** Settles when services told prices that nobody knew yet, of whatever this graph may ask for, or cannot now. */
  askPrices(graph: Graph): Promise<void>;
  /** Asks which services there are now, and can be asked, what the month has cost by now, and then for such prices. */
  askBeforeRun(graph: Graph): Promise<void>;
  /** From now on; a command line beside the page keeps to the month's budget too, and learns it from the gateway. */
  tellBudget(): void;
}

/** `failed`: hears why the gateway did not keep what it was told. */
export function createProviderCommands(
  desk: DeskStore,
  gateway: GatewayClient,
  failed: (thrown: unknown) => void,
): ProviderCommands & Followed {
  /** One after the other: whoever asks next finds what the one before was told. */
  let asking: Promise<void> = Promise.resolve();
  /** Every plan and every run asks: a service that does not answer is asked again later. */
  const askedAgainAt = new Map<string, number>();

  async function askServices(models: readonly ModelRef[]): Promise<void> {
    const { catalog, providers = [], quotes } = desk.getState();
    const now = Date.now();
    const open = pricesToAsk(models, catalog, providers, quotes, now);
    const asked = open.filter(({ provider }) => now >= (askedAgainAt.get(provider) ?? 0));
    if (asked.length === 0) return;
    const fresh = await gateway.quotes(asked).catch(() => []);
    for (const question of asked)
      if (!quoteFor(fresh, question)) askedAgainAt.set(question.provider, now + PATIENCE_MS);
    if (fresh.length > 0) desk.setState({ quotes: withQuotes(desk.getState().quotes, fresh) });
  }

  function note(fresh: ProviderView | undefined): boolean {
    if (!fresh) return false;
    const { providers = [] } = desk.getState();
    desk.setState({ providers: providers.map((one) => (one.id === fresh.id ? fresh : one)) });
    return true;
  }
  /** False where it was not done, which is said. */
  async function done(work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (thrown) {
      failed(thrown);
      return false;
    }
  }
  async function refreshProviders(): Promise<void> {
    const providers = await gateway.providers();
    const whyNoProviders = providers ? undefined : await gateway.whyNot();
    if (JSON.stringify(whyNoProviders) !== JSON.stringify(desk.getState().whyNoProviders))
      desk.setState({ whyNoProviders });
    // The same again would plan every graph anew.
    if (JSON.stringify(providers) !== JSON.stringify(desk.getState().providers)) desk.setState({ providers });
    if (providers) await refreshBooked();
  }
  /**
   * Reads again what the job service has booked this month: a command line may have spent meanwhile. What is known stays
   * known where the gateway does not answer.
   */
  async function refreshBooked(): Promise<void> {
    const booked = await gateway.booked(monthStart(Date.now())).catch(() => undefined);
    if (booked && JSON.stringify(booked) !== JSON.stringify(desk.getState().booked)) desk.setState({ booked });
  }
  const askPrices = (graph: Graph) =>
    (asking = asking.then(() => askServices(modelsToPrice(desk.getState().tables, graph))));
  return {
    refreshProviders,
    allBooked: async () => (desk.getState().providers ? gateway.booked(0).catch(() => []) : []),
    askPrices,
    async askBeforeRun(graph) {
      await refreshProviders();
      await askPrices(graph);
    },
    priceModels: (models) => (asking = asking.then(() => askServices(models))),
    tellBudget() {
      const told = ({ settings, providers }: DeskState) => providers && { monthly: settings.monthlyBudget };
      const tell = (state: DeskState, before?: DeskState) => {
        const now = told(state);
        const earlier = before && told(before);
        if (now && (!earlier || now.monthly !== earlier.monthly)) gateway.keepBudget(now.monthly).catch(failed);
      };
      tell(desk.getState());
      desk.subscribe(tell);
    },
    testProvider: (id) => done(async () => note(await gateway.test(id))),
    enterKey: (id, key) =>
      done(async () => {
        if (!note(await gateway.enterKey(id, key))) return false;
        if (key !== '') note(await gateway.test(id));
        return true;
      }),
    async findServers() {
      const found = await gateway.findServers().catch(() => undefined);
      // One that answers where it is asked counts as set up from now on.
      if (found) await refreshProviders();
      return found;
    },
    useServer: (id, address) => done(async () => note(await gateway.useServer(id, address))),
  };
}
