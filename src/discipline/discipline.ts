/** The pipeline checklist, run on the open graph. */
import { characterUnreferenced } from './character-unreferenced.ts';
import { draftDelivered } from './draft-delivered.ts';
import { filmWithStill } from './film-with-still.ts';
import { monthNotAudited } from './month-not-audited.ts';
import { noCap } from './no-cap.ts';
import { noCriteria } from './no-criteria.ts';
import { noFallback } from './no-fallback.ts';
import { noReference } from './no-reference.ts';
import { notRefined } from './not-refined.ts';
import { nothingAccepted } from './nothing-accepted.ts';
import { oneModel } from './one-model.ts';
import { onlyBuiltIn } from './only-built-in.ts';
import { pinnedModel } from './pinned-model.ts';
import { pricesDue } from './prices-due.ts';
import { reviewNotDone } from './review-not-done.ts';
import { seedMoves } from './seed-moves.ts';
import { sizeUnplanned } from './size-unplanned.ts';
import { standsOut } from './stands-out.ts';
import { tableNotPinned } from './table-not-pinned.ts';
import { withoutCategory } from './without-category.ts';
import type { Finding, Rule, Scene } from './rule.ts';

export const RULES: readonly Rule[] = [
  characterUnreferenced,
  draftDelivered,
  filmWithStill,
  monthNotAudited,
  noCap,
  noCriteria,
  noFallback,
  noReference,
  notRefined,
  nothingAccepted,
  oneModel,
  onlyBuiltIn,
  pinnedModel,
  pricesDue,
  reviewNotDone,
  seedMoves,
  sizeUnplanned,
  standsOut,
  tableNotPinned,
  withoutCategory,
];

/** Risks first, then advice; in each, the order of the list above. */
export function check(scene: Scene): Finding[] {
  const findings = RULES.flatMap((rule) => rule.check(scene).map((complaint) => ({ ...complaint, rule })));
  return findings.sort((a, b) => Number(a.rule.severity === 'advice') - Number(b.rule.severity === 'advice'));
}
