/** How two shots meet, between them on the strip. */
import { Blend, Link2, Scissors, Waypoints, type LucideIcon } from 'lucide-react';
import { setJoin, SHARED_KEYFRAME } from '../../graph/shot-edits.ts';
import type { NodeId } from '../../core/ids.ts';
import type { ParamSpec } from '../../core/params.ts';
import { useApp, useFact } from '../app-context.ts';
import type { ShotFacts } from '../shot-facts.ts';
import { named, tip } from '../widgets/tip.ts';
import { JoinMark } from './join-verdict.tsx';
import { unlikeInWords, useUnlike } from './unlike-stills.tsx';
import { t } from '../../words/t.ts';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  cut: Scissors,
  'shared keyframe': Link2,
  crossfade: Blend,
  'match cut': Waypoints,
};
interface Between {
  readonly facts: ShotFacts;
  readonly next: ShotFacts;
  readonly at: number;
  readonly film: NodeId;
  readonly readOnly: boolean;
}

export function ShotJoin({ facts, next, at, film, readOnly }: Between) {
  const { document, registry, workspace } = useApp();
  const type = useFact(document, (state) => state.board.nodes[film]?.type ?? '');
  const spec: ParamSpec | undefined = registry.get(type)?.params['join'];
  const { join, seconds } = facts.shot.join!;
  const Icon = ICONS[join] ?? Scissors;
  const isUnlike = useUnlike(facts, next);
  function show(): void {
    workspace.select([film]);
    workspace.setState({ shownJoin: { film, at } });
    workspace.showPanel('inspector');
  }
  return (
    <li className="shot-join" data-join={join} {...tip(joinInWords(facts, next))}>
      <Icon size={15} aria-hidden />
      {spec?.kind === 'choice' && (
        <select
          className="shot-join__choice"
          aria-label={t('Join between shots {0} and {1}', at + 1, at + 2)}
          value={join}
          disabled={readOnly}
          onChange={(event) =>
            document.edit('Change join', (draft) => setJoin(draft, registry, film, at, event.target.value))
          }
        >
          {spec.options.map((option) => (
            <option key={option} value={option}>
              {t(option)}
            </option>
          ))}
        </select>
      )}
      <JoinMark before={facts.clip.value} after={next.clip.value} join={join} seconds={seconds} onShow={show} />
      {isUnlike && (
        <button className="shot-join__unlike" type="button" {...named(unlikeInWords())} onClick={show}>
          {t('Stills have little in common')}
        </button>
      )}
    </li>
  );
}

/** What a shared keyframe lacks, where it lacks something. */
function joinInWords({ shot }: ShotFacts, { shot: next }: ShotFacts): string {
  const { join } = shot.join!;
  if (join !== SHARED_KEYFRAME) return t(join);
  if (!next.still) return t('The next shot has no still to end with.');
  if (!shot.end) return t('This clip cannot be told what to end with.');
  return t('The clip ends with the still of the next shot.');
}
