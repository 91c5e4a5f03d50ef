/** Which deliverables are looked at, in which order, and as a table. */
import { csvCell } from '../core/csv-cell.ts';
import { grouped } from '../core/grouped.ts';
import type { Failure } from '../core/errors.ts';
import type { RunMode } from '../core/take.ts';
import { inWords } from '../core/say.ts';
import { monthOf } from '../ledger/audit.ts';
import { lookSteps } from '../measure/artifact-look.ts';
import type { Placing } from '../measure/campaign.ts';
import type { CampaignKey } from '../measure/look-reference.ts';
import { FEWEST_COMPARED } from '../measure/standing-out.ts';
import { t, w } from '../words/t.ts';
import type { Deliverable } from './campaign-listing.ts';

/** Within the deliverables of a campaign; all of them where nothing is chosen. */
export interface CampaignFilter {
  readonly month?: string;
  readonly mode?: RunMode;
}
interface Choice {
  readonly key: CampaignKey;
  readonly name: string;
  readonly count: number;
}
export interface Choices {
  readonly tags: readonly Choice[];
  readonly batches: readonly Choice[];
  readonly graphs: readonly Choice[];
}

/** What there is to choose, by name. A batch is what the rows of one graph made. */
export function choicesAmong(deliverables: readonly Deliverable[]): Choices {
  const ofGraphs = (keyFor: (id: string) => CampaignKey, of: readonly Deliverable[]): readonly Choice[] =>
    byName(
      [
        ...grouped(
          of.filter(({ graph }) => graph !== undefined),
          ({ take }) => take.graphId,
        ),
      ].map(([id, group]) => ({
        key: keyFor(id),
        name: group[0]!.graph!.title,
        count: group.length,
      })),
    );
  const tagged = new Map<string, number>();
  for (const { graph } of deliverables)
    for (const tag of graph?.tags ?? []) tagged.set(tag, (tagged.get(tag) ?? 0) + 1);
  return {
    tags: byName([...tagged].map(([tag, count]) => ({ key: `tag:${tag}` as const, name: tag, count }))),
    batches: ofGraphs(
      (id) => `batch:${id}`,
      deliverables.filter(({ row }) => row !== undefined),
    ),
    graphs: ofGraphs((id) => `graph:${id}`, deliverables),
  };
}
const byName = (choices: readonly Choice[]): readonly Choice[] =>
  choices.toSorted((a, b) => a.name.localeCompare(b.name));

export function isOfCampaign({ take, graph, row }: Deliverable, key: CampaignKey): boolean {
  if (key === 'all') return true;
  const name = key.slice(key.indexOf(':') + 1);
  if (key.startsWith('tag:')) return graph?.tags.includes(name) ?? false;
  return take.graphId === name && (key.startsWith('graph:') || row !== undefined);
}
export const passesFilter = ({ take }: Deliverable, { month, mode }: CampaignFilter): boolean =>
  (month === undefined || monthOf(take.at) === month) && (mode === undefined || take.mode === mode);

/** A deliverable with what is known of its look. */
export interface ComparedDeliverable {
  readonly deliverable: Deliverable;
  readonly placing: Placing | undefined;
  /** Why it cannot be measured. */
  readonly trouble?: Failure;
}
/** By what deliverables are sorted: the farthest first. */
export const ORDERS = [w('look'), w('palette'), w('light'), w('structure'), w('over time'), w('newest')] as const;
export type CampaignOrder = (typeof ORDERS)[number];

/** The farthest from the reference first; what is not measured comes last. */
export function inOrderOf(
  compared: readonly ComparedDeliverable[],
  order: CampaignOrder,
): readonly ComparedDeliverable[] {
  if (order === 'newest') return compared.toSorted((a, b) => b.deliverable.take.at - a.deliverable.take.at);
  return compared.toSorted((a, b) => valueBy(b, order) - valueBy(a, order));
}
function valueBy({ placing }: ComparedDeliverable, order: Exclude<CampaignOrder, 'newest'>): number {
  if (!placing) return -1;
  const { distance } = placing;
  switch (order) {
    case 'look':
      return lookSteps(distance);
    case 'over time':
      return distance.time ?? -1;
    default:
      return distance[order];
  }
}

const figure = (value: number | undefined): string => value?.toFixed(3) ?? '';
const COLUMNS: readonly (readonly [heading: string, cell: (line: ComparedDeliverable) => string])[] = [
  ['at', ({ deliverable }) => new Date(deliverable.take.at).toISOString()],
  ['take', ({ deliverable }) => csvCell(deliverable.take.id)],
  ['graph', ({ deliverable }) => csvCell(deliverable.take.graphId)],
  ['graph title', ({ deliverable }) => csvCell(deliverable.graph?.title ?? '')],
  ['tags', ({ deliverable }) => csvCell(deliverable.graph?.tags.join(', ') ?? '')],
  ['row', ({ deliverable }) => csvCell(deliverable.row ? inWords(deliverable.row) : '')],
  ['node', ({ deliverable }) => csvCell(deliverable.take.node)],
  ['work', ({ deliverable }) => csvCell(deliverable.take.work)],
  ['mode', ({ deliverable }) => deliverable.take.mode],
  ['prompt', ({ deliverable }) => csvCell(deliverable.take.request.prompt.text)],
  ['artifact', ({ deliverable }) => deliverable.take.artifact.hash],
  ['look steps', ({ placing }) => figure(placing && lookSteps(placing.distance))],
  ['palette ΔE', ({ placing }) => figure(placing?.distance.palette)],
  ['light L*', ({ placing }) => figure(placing?.distance.light)],
  ['structure %', ({ placing }) => figure(placing?.distance.structure)],
  ['over time steps', ({ placing }) => figure(placing?.distance.time)],
  ['found', ({ placing }) => placing?.found?.kind ?? ''],
  ['why', ({ placing }) => csvCell(placing?.found ? inWords(placing.found.why) : '')],
];

/** One line a deliverable, in this order; empty figures are not known. */
export function campaignCsv(compared: readonly ComparedDeliverable[]): string {
  const head = COLUMNS.map(([heading]) => heading).join(',');
  const lines = compared.map((line) => COLUMNS.map(([, cell]) => cell(line)).join(','));
  // The byte order mark tells spreadsheets that it is UTF-8.
  return `\uFEFF${[head, ...lines].join('\n')}\n`;
}

/** What was found among those that are measured. `isChosen`: the reference look is one that somebody chose. */
export function foundInWords(compared: readonly ComparedDeliverable[], isChosen: boolean): string {
  const count = (kind: string) => compared.filter(({ placing }) => placing?.found?.kind === kind).length;
  const [odd, off] = [count('stands out'), count('off the reference')];
  const measured = compared.filter(({ placing }) => placing !== undefined).length;
  if (measured === 0) return t('None of these can be measured.');
  if (measured < FEWEST_COMPARED && !isChosen)
    return measured === 1
      ? t('One alone has nothing to be compared with. Choose a reference look, or look at more.')
      : t('Of two nobody can say which one stands out. Choose a reference look, or look at more.');
  const far = compared.filter(({ placing }) => placing && lookSteps(placing.distance) > 1).length;
  if (odd + off === 0 && far > 0)
    return t(
      '{0} {0|deliverable|deliverables}: none stands out, but {1} {1|is|are} further from the reference look than is usual in a campaign.',
      measured,
      far,
    );
  if (odd + off === 0) return t('{0} {0|deliverable|deliverables}, all in line.', measured);
  return off === 0
    ? t('{0} {0|deliverable|deliverables}, {1} {1|stands|stand} out.', measured, odd)
    : t(
        '{0} {0|deliverable|deliverables}, {1} {1|stands|stand} out, {2} more off the chosen reference.',
        measured,
        odd,
        off,
      );
}
