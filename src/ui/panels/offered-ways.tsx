/** What a person may do where a take is not what was meant: each in one press, with who makes the next one and its price. */
import { chooseAt } from '../../graph/choices.ts';
import { setParam } from '../../graph/edits.ts';
import type { Board } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import type { Registry } from '../../core/node.ts';
import type { SeedSetting } from '../../core/params.ts';
import { say } from '../../core/say.ts';
import type { TakeRecord } from '../../core/take.ts';
import { explainedControl } from '../explained.ts';
import { tableFor } from '../../routing/table-for.ts';
import { waysOn, type WayOn } from '../../routing/ways-on.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { modelInWords, useMarket } from '../market.ts';
import { flatId } from '../node-facts.ts';
import { pinModel } from '../pin-model.ts';
import { priceAlone } from '../units.ts';

/** `before`: what is done first, as rejecting; where it answers false, nothing follows. */
export function WaysOn({
  node,
  slot,
  before = async () => true,
}: {
  readonly node: NodeId;
  readonly slot: readonly TakeRecord[];
  readonly before?: () => Promise<boolean>;
}) {
  const app = useApp();
  const { commands, document, desk, workspace, runs, registry } = app;
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[node]?.takePlan);
  const running = useFact(runs, (state) => state.running);
  const { catalog, providers, tables } = useFact(desk, (state) => state);
  const { graph, board } = useFact(document, (state) => state);
  const market = useMarket();
  if (!takePlan) return null;
  const onBoard = node.split('/').at(-1) as NodeId;
  const feeding = (socket: string) =>
    Object.values(board.wires).find((wire) => flatId({ document }, wire.to.node) === node && wire.to.socket === socket)
      ?.from.node;
  const seed = lockedSeed(board, registry, feeding('seed'));
  const ways = waysOn(takePlan, slot, tableFor(graph, tables), market).filter(({ kind }) => kind !== 'seed' || seed);
  const run = () => commands.startRun([node], 'as they are');
  const go = async (way: WayOn) => {
    if (!(await before())) return;
    switch (way.kind) {
      case 'seed':
        document.edit(say('Take another seed'), (draft, whole) => {
          setParam(draft, seed!.node, seed!.param, { mode: 'fixed', value: way.seed });
          // With another seed the row begins anew, with the model that was named.
          chooseAt(whole, node, { take: { slot: takePlan.slot, number: 0 } });
        });
        return run();
      case 'model':
        pinModel(app, onBoard, way.candidate);
        return run();
      case 'tier':
        return commands.escalate(node, way.tier);
      default:
        return way satisfies never;
    }
  };
  const show = async (control: NodeId) => {
    if (!(await before())) return;
    workspace.select([control]);
    workspace.showPanel('inspector');
  };
  const guidance = takePlan.resolution.usable[0]?.fit?.sends.guidance === false ? undefined : feeding('guidance');
  return (
    <>
      {ways.map((way) => (
        <button
          key={way.kind}
          className="button"
          type="button"
          disabled={running}
          {...(way.kind === 'tier' ? explainedControl('escalate') : {})}
          onClick={() => void go(way)}
        >
          {t(
            '{0}: {1}, {2}',
            wayInWords(way),
            modelInWords(catalog, providers, way.candidate),
            priceAlone(way.candidate.estimate),
          )}
        </button>
      ))}
      {guidance && (
        <button className="button" type="button" onClick={() => void show(guidance)}>
          {t('Change guidance')}
        </button>
      )}
      <button className="button" type="button" onClick={() => void show(feeding('prompt') ?? onBoard)}>
        {t('Change the control')}
      </button>
    </>
  );
}

function wayInWords(way: WayOn): string {
  switch (way.kind) {
    case 'seed':
      return t('With a new seed');
    case 'model':
      return t('Ask the next model');
    case 'tier':
      return t('Escalate to {0}', t(way.tier));
    default:
      return way satisfies never;
  }
}

export interface LockedSeed {
  readonly node: NodeId;
  readonly param: string;
  readonly value: number;
}
/** The seed of a node on the board, where it is locked. */
export function lockedSeed(board: Board, registry: Registry, node: NodeId | undefined): LockedSeed | undefined {
  const source = node && board.nodes[node];
  const specs = Object.entries(registry.get(source?.type ?? '')?.params ?? {});
  for (const [param, spec] of specs) {
    if (spec.kind !== 'seed') continue;
    const { mode, value } = (source?.params[param] ?? spec.default) as SeedSetting;
    if (mode === 'fixed') return { node: node!, param, value };
  }
  return undefined;
}
