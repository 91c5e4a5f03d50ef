/** What says how good a take of a generation node must be, and how many there may be. */
import { setParam, type GraphDraft } from '../graph/edits.ts';
import type { NodeId } from '../core/ids.ts';
import { feed, feeding, isOnBoard, wiresInto, type Placed } from './look.ts';
import type { Scene } from './rule.ts';

export interface Acceptance {
  /** The Acceptance node wired in, muted or not. */
  readonly node: NodeId | undefined;
  /** Takes are held to it: it is there and not muted. */
  readonly counts: boolean;
  /** Another kind of node is wired in, which may name limits of its own. */
  readonly isForeign: boolean;
  /** Whether a param says something: a number above 0, or a wire that brings one. */
  says(param: string): boolean;
  /**
   * Says it in the node that is wired in, which keeps what else it says; in a new one where none is. `undefined` where
   * no edit of this board can.
   */
  readonly set: ((draft: GraphDraft, params: Readonly<Record<string, number>>) => void) | undefined;
}

export function acceptanceOf(scene: Scene, generation: Placed): Acceptance {
  const { graph } = scene;
  const wired = wiresInto(graph, generation.id, 'acceptance')[0]?.from.node;
  const counting = feeding(scene, generation.id, 'acceptance')[0];
  const source = counting ?? wired;
  const node = source === undefined ? undefined : graph.nodes[source];
  const isForeign = counting !== undefined && node?.type !== 'acceptance';
  const says = (param: string) => {
    // A placeholder's params can hold anything.
    const value = node?.params[param];
    const isFed = source !== undefined && feeding(scene, source, param).length > 0;
    return isFed || (typeof value === 'number' && value > 0);
  };
  const own = source !== undefined && node?.type === 'acceptance' ? source : undefined;
  const inNew: Acceptance['set'] = (draft, params) =>
    feed(draft, scene, generation, 'acceptance', 'acceptance', params);
  const inOwn: Acceptance['set'] = (draft, params) => {
    delete draft.nodes[own!]?.muted;
    for (const [name, value] of Object.entries(params)) setParam(draft, own!, name, value);
  };
  const canSet = own === undefined ? !isForeign : isOnBoard(own);
  const set = own === undefined ? inNew : inOwn;
  return { node: own, counts: counting !== undefined, isForeign, says, set: canSet ? set : undefined };
}
