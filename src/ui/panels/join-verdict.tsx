/** What can be seen where two clips meet: a mark and a sentence, for the strip of shots and the inspector. */
import { CircleCheck, CircleDashed, Scissors, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { VideoValue } from '../../core/values.ts';
import { seamFindings, seamInWords } from '../../measure/seam-findings.ts';
import type { MeetingPair } from '../../measure/join.ts';
import { useSeam } from '../measured.ts';
import { named } from '../widgets/tip.ts';
import { t, tell } from '../../words/t.ts';
import './join-verdict.css';

export interface JoinOfClips {
  readonly before: VideoValue | undefined;
  readonly after: VideoValue | undefined;
  /** As Stitch has it: "cut", "shared keyframe". */
  readonly join: string;
  /** How long it takes, where it takes time. */
  readonly seconds?: number | undefined;
}

/** The clips of a join, once both are there. */
export function pairOf({ before, after, join, seconds }: JoinOfClips): MeetingPair | undefined {
  return before && after && { before, after, join, ...(seconds === undefined ? {} : { seconds }) };
}

const MARKS: Readonly<Record<string, LucideIcon>> = {
  holds: CircleCheck,
  cut: Scissors,
  seam: TriangleAlert,
  open: CircleDashed,
};

export function JoinVerdict(join: JoinOfClips) {
  const [verdict, sentence] = verdictOf(join, useSeam(pairOf(join)));
  const Mark = MARKS[verdict]!;
  return (
    <span className="join-verdict" data-verdict={verdict}>
      <Mark size={14} aria-hidden />
      <span>{sentence}</span>
    </span>
  );
}

/**
 * On the strip: what can be seen, in words where there is something to be said, and else a mark. It leads to where all of
 * it is said and mended.
 */
export function JoinMark({ onShow, ...join }: JoinOfClips & { readonly onShow: () => void }) {
  const [verdict, sentence] = verdictOf(join, useSeam(pairOf(join)));
  const Mark = MARKS[verdict]!;
  const isSaid = verdict === 'seam' || verdict === 'holds';
  return (
    <button
      className="join-verdict join-verdict--mark"
      type="button"
      data-verdict={verdict}
      {...named(sentence)}
      onClick={onShow}
    >
      <Mark size={14} aria-hidden />
      {isSaid && <span className="join-verdict__words">{sentence}</span>}
    </button>
  );
}

function verdictOf(join: JoinOfClips, seam: ReturnType<typeof useSeam>): readonly [verdict: string, sentence: string] {
  if (!join.before || !join.after) return ['open', t('Measured when both clips are there.')];
  if (!seam) return ['open', t('Being measured …')];
  if (!seam.ok) return ['open', tell(seam.error.message)];
  if (seam.value.isCut) return ['cut', tell(seamInWords(seam.value))];
  return [seamFindings(seam.value).length > 0 ? 'seam' : 'holds', tell(seamInWords(seam.value))];
}
