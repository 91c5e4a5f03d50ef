/** Services behind the gateway: which there are, whether they can be asked, and their keys on the way there. */
import type { GatewayClient } from '../providers/gateway-client.ts';
import type { ProviderView } from '../routing/job.ts';
import type { DeskStore } from '../state/desk.ts';
import type { ProviderCommands } from '../ui/commands.ts';

export function createProviderCommands(
  desk: DeskStore,
  gateway: GatewayClient,
): ProviderCommands & { refreshProviders(): Promise<void> } {
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
