/** Deliverables of a campaign beside each other: how far each is from a reference look, and which stand out. */
import type { NodeId, TakeId } from '../core/ids.ts';
import type { Sentence } from '../core/say.ts';
import { lookDistance, lookSteps, stepsOf, traitDistance, type ArtifactLook, type LookGap } from './artifact-look.ts';
import { medoidOf } from './robust.ts';
import { farthestOff, offInWords, standOutInWords, standOuts, type LookDimension } from './standing-out.ts';

export interface Placing {
  readonly distance: LookGap;
  /** Where it is not in line: in which dimension, and why that is said. */
  readonly found?: {
    /** Farther from the reference than the others; or more than a step from one that a person chose. */
    readonly kind: 'stands out' | 'off the reference';
    readonly dimension: LookDimension;
    readonly why: Sentence;
  };
}
/** What looks are compared with. The one in the middle of a set is no norm: nothing is off it. */
export interface CampaignReference {
  readonly look: ArtifactLook;
  readonly isChosen: boolean;
}

/** The place of the look that all others are nearest to; -1 of none. */
export const middleLook = (looks: readonly ArtifactLook[]): number =>
  medoidOf(looks, (a, b) => stepsOf(traitDistance(a.typical, b.typical)));

/** Each against the reference; a look that is not known has no place. */
export function compareLooks(
  looks: readonly (ArtifactLook | undefined)[],
  { look: reference, isChosen }: CampaignReference,
): readonly (Placing | undefined)[] {
  const distances = looks.map((look) => look && lookDistance(look, reference));
  const known = distances.filter((distance) => distance !== undefined);
  const standing = new Map(standOuts(known).map((standOut, at) => [known[at]!, standOut]));
  return distances.map((distance) => distance && { distance, ...found(distance) });

  function found(distance: LookGap): Pick<Placing, 'found'> {
    const standOut = standing.get(distance);
    if (standOut) {
      const why = standOutInWords(standOut);
      return { found: { kind: 'stands out', dimension: standOut.dimension, why } };
    }
    if (!isChosen || lookSteps(distance) <= 1) return {};
    const dimension = farthestOff(distance);
    return { found: { kind: 'off the reference', dimension, why: offInWords(dimension, distance) } };
  }
}

/** The middle of some looks as what they are compared with; nothing of none. */
export function middleReference(looks: readonly ArtifactLook[]): CampaignReference | undefined {
  const look = looks[middleLook(looks)];
  return look && { look, isChosen: false };
}

/** How the accepted deliverables of one graph stand in a campaign it belongs to. */
export interface CampaignStanding {
  readonly tag: string;
  /** Accepted deliverables of all its graphs. */
  readonly deliverables: number;
  /** Those of them that were not compared: not measured yet, or not stored any more. */
  readonly uncompared: number;
  /** Those of this graph that are not in line. */
  readonly found: readonly { readonly node: NodeId; readonly take: TakeId; readonly why: Sentence }[];
}
