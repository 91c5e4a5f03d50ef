/** Accepted deliverables across graphs, and how those of the open graph stand in its campaigns. */
import { sameData } from '../core/equal.ts';
import type { GraphId } from '../core/ids.ts';
import { acceptedDeliverables, type MadeTake } from '../ledger/audit.ts';
import type { ArtifactLook } from '../measure/artifact-look.ts';
import { compareLooks, middleReference, type CampaignStanding, type CampaignReference } from '../measure/campaign.ts';
import type { CampaignStore } from '../storage/campaign-store.ts';
import type { CampaignCommands, CampaignGraph } from '../ui/campaign-listing.ts';
import type { MeasureCommands } from '../ui/commands.ts';
import type { Services } from './services.ts';

/** Several pictures that are measured one after the other are looked at together. */
const AFTER_MEASURING_MS = 500;

export function createCampaignCommands(
  { document, desk, runs, graphs, takes }: Pick<Services, 'document' | 'desk' | 'runs' | 'graphs' | 'takes'>,
  measuring: MeasureCommands,
  store: CampaignStore,
): CampaignCommands & Pick<MeasureCommands, 'lookOf'> {
  /** The open one as it is now, saved or not. */
  async function graphsNow(): Promise<readonly CampaignGraph[]> {
    const { id: open, graph } = document.getState();
    return (await graphs.list()).map(({ id, title, tags = [] }) =>
      id === open ? { id, title: graph.title, tags: graph.tags ?? [] } : { id, title, tags },
    );
  }

  async function standingOf(own: GraphId, tag: string): Promise<CampaignStanding> {
    const members = (await graphsNow()).filter(({ tags }) => tags.includes(tag));
    const made = (await Promise.all(members.map(({ id }) => takes.ofGraph(id)))).flatMap(acceptedDeliverables);
    const looks = await looksFor(made, own);
    const known = looks.filter((look) => look !== undefined);
    const reference = (await chosenReference(tag)) ?? middleReference(known);
    const placings = reference ? compareLooks(looks, reference) : [];
    const found = made.flatMap(({ id, node, graphId }, at) => {
      const why = placings[at]?.found?.why;
      return graphId === own && why ? [{ take: id, node, why }] : [];
    });
    return { tag, deliverables: made.length, uncompared: made.length - known.length, found };
  }
  /** What is known of all; those of the open graph are few, and are measured. */
  async function looksFor(made: readonly MadeTake[], own: GraphId): Promise<readonly (ArtifactLook | undefined)[]> {
    const kept = await measuring.keptLooks(made.map(({ artifact }) => artifact.hash));
    const looks = [...(kept.ok ? kept.value : [])];
    for (const [at, { graphId, artifact }] of made.entries()) {
      if (looks[at] || graphId !== own) continue;
      const measured = await measuring.lookOf(artifact);
      looks[at] = measured.ok ? measured.value : undefined;
    }
    return made.map((_, at) => looks[at]);
  }
  async function chosenReference(tag: string): Promise<CampaignReference | undefined> {
    const { [`tag:${tag}`]: chosen } = await store.references();
    const measured = chosen && (await measuring.lookOf(chosen.artifact));
    return measured?.ok ? { look: measured.value, isChosen: true } : undefined;
  }

  let asked = 0;
  /** A run has the machine for itself; when it is over, this is asked again. */
  async function renew(): Promise<void> {
    const turn = ++asked;
    const { id, graph } = document.getState();
    if (runs.getState().running) return;
    const standings: CampaignStanding[] = [];
    for (const tag of (id && graph.tags) || []) standings.push(await standingOf(id!, tag));
    if (turn === asked) show(standings);
  }
  function show(campaigns: readonly CampaignStanding[]): void {
    // The same again would have every graph checked anew.
    if (!sameData(campaigns, desk.getState().campaigns)) desk.setState({ campaigns });
  }
  /** Where storage does not answer, what was known stays; whoever opens the campaign's screen is told. */
  const tryToRenew = () => void renew().catch(() => {});
  document.subscribe((state, before) => {
    if (state.id !== before.id) show([]);
    if (state.id !== before.id || state.graph.tags !== before.graph.tags) tryToRenew();
  });
  desk.subscribe((state, before) => {
    if (state.takes !== before.takes && document.getState().graph.tags) tryToRenew();
  });
  runs.subscribe((state, before) => {
    if (before.running && !state.running && document.getState().graph.tags) tryToRenew();
  });
  tryToRenew();

  let waiting: ReturnType<typeof setTimeout> | undefined;
  return {
    async campaign() {
      const [all, listed, references] = await Promise.all([takes.all(), graphsNow(), store.references()]);
      const graphOf = new Map(listed.map((graph) => [graph.id, graph]));
      const made = acceptedDeliverables(all);
      const rows = await store.rowsOf(made.map(({ runId }) => runId));
      const deliverables = made.toReversed().map((take) => {
        const [graph, row] = [graphOf.get(take.graphId), rows.get(take.runId)];
        return { take, ...(graph ? { graph } : {}), ...(row ? { row } : {}) };
      });
      return { deliverables, references };
    },
    async compareWith(key, reference) {
      const references = await store.changeReference(key, reference);
      tryToRenew();
      return references;
    },
    async lookOf(value) {
      const look = await measuring.lookOf(value);
      clearTimeout(waiting);
      waiting = setTimeout(tryToRenew, AFTER_MEASURING_MS);
      return look;
    },
  };
}
