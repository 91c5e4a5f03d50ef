/** The joins of a film: what can be seen at each, by how much, and what can be done about it. */
import { useEffect, useMemo, useRef } from 'react';
import { bridgeAt, canBridge, canMatch, extenderAfter, matchAfter } from '../../graph/join-cures.ts';
import { setJoin, SHARED_KEYFRAME } from '../../graph/shot-edits.ts';
import { shotsOf } from '../../graph/shots.ts';
import { setParam, type BoardDraft } from '../../graph/edits.ts';
import type { NodeId } from '../../core/ids.ts';
import { decimal } from '../../core/figures.ts';
import type { Result } from '../../core/errors.ts';
import type { VideoValue } from '../../core/values.ts';
import { joinTimes, type MeetingKind } from '../../measure/join.ts';
import type { Seam } from '../../measure/seam.ts';
import { seamFindings, type SeamFault } from '../../measure/seam-findings.ts';
import { seamRows } from '../../measure/seam-rows.ts';
import { useApp, useFact, type App } from '../app-context.ts';
import { useSeam } from '../measured.ts';
import { flatId, outputsOf } from '../node-facts.ts';
import { useShotFacts, type ShotFacts } from '../shot-facts.ts';
import { tip } from '../widgets/tip.ts';
import { FiguresTable } from './figures-table.tsx';
import { ShotsDrift } from './shots-drift.tsx';
import { JoinVerdict, pairOf, type JoinOfClips } from './join-verdict.tsx';
import { UnlikeStills } from './unlike-stills.tsx';
import { t, tell } from '../../words/t.ts';
import './joins.css';

interface FilmJoin extends JoinOfClips {
  /** Between the shots at this place and the next. */
  readonly at: number;
  /** When it is in the film, in seconds. */
  readonly time: number | undefined;
}

export default function Joins({ film }: { readonly film: NodeId }) {
  const { joins, clips, made, facts } = useJoins(film);
  if (joins.length === 0) return null;
  return (
    <section className="joins">
      <h3>{t('Joins')}</h3>
      <ol className="joins__list">
        {joins.map((join) => (
          <Join key={join.at} film={film} made={made} facts={facts} {...join} />
        ))}
      </ol>
      {clips.length > 1 && <ShotsDrift clips={clips} />}
    </section>
  );
}

/** The joins of a film with the clips that are there, and what was made of them. */
function useJoins(film: NodeId): {
  readonly joins: readonly FilmJoin[];
  /** Those of all shots, or none. */
  readonly clips: readonly VideoValue[];
  readonly made: VideoValue | undefined;
  readonly facts: readonly ShotFacts[];
} {
  const { document, runs, registry } = useApp();
  const state = useFact(runs, (now) => now);
  const board = useFact(document, (now) => now.board);
  const graph = useFact(document, (now) => now.graph);
  const shots = useMemo(() => shotsOf(board, registry, film), [board, registry, film]);
  const outputAt = (node: NodeId, socket: string): VideoValue | undefined => {
    const value = outputsOf(graph, state, flatId({ document }, node))?.[socket];
    return value?.kind === 'video' ? value : undefined;
  };
  const clips = shots.map(({ wire }) => {
    const from = board.wires[wire]?.from;
    return from && outputAt(from.node, from.socket);
  });
  const there = clips.filter((clip) => clip !== undefined);
  const kinds = shots.flatMap(({ join }): MeetingKind[] => (join ? [join] : []));
  const all = there.length === clips.length ? there : [];
  const times = joinTimes(all, kinds);
  return {
    joins: kinds.map((kind, at) => ({
      at,
      ...kind,
      before: clips[at],
      after: clips[at + 1],
      time: times[at],
    })),
    clips: all,
    facts: useShotFacts(shots),
    made: outputAt(film, 'video'),
  };
}

function Join({
  film,
  made,
  facts,
  at,
  time,
  ...join
}: FilmJoin & {
  readonly film: NodeId;
  readonly made: VideoValue | undefined;
  readonly facts: readonly ShotFacts[];
}) {
  const { workspace } = useApp();
  const seam = useSeam(pairOf(join));
  const name = t('Shot {0} to shot {1}', at + 1, at + 2);
  const { before, after } = join;
  const line = useRef<HTMLLIElement>(null);
  const isAskedFor = useFact(workspace, ({ shownJoin }) => shownJoin?.film === film && shownJoin.at === at);
  useEffect(() => {
    if (!isAskedFor) return;
    line.current?.scrollIntoView({ block: 'nearest' });
    line.current?.focus();
    workspace.setState({ shownJoin: undefined });
  }, [isAskedFor, workspace]);
  return (
    <li className="joins__join" aria-label={name} ref={line} tabIndex={-1}>
      <div className="joins__head">
        <strong>{name}</strong>
        <span className="muted">{t(join.join)}</span>
      </div>
      <UnlikeStills facts={facts[at]!} next={facts[at + 1]} film={film} at={at} />
      <JoinVerdict {...join} />
      {before && after && before.fps !== after.fps && (
        <p className="muted">
          {t(
            'Measured at {0} {0|frame|frames} a second, as the clip before has them; the next has {1}.',
            before.fps,
            after.fps,
          )}
        </p>
      )}
      <div className="joins__actions">
        {made && time !== undefined && (
          <button
            className="button"
            type="button"
            {...tip(t('Opens the film there, half a second before the join.'))}
            onClick={() => workspace.setState({ viewing: { node: film, value: made, from: time } })}
          >
            {t('Look at {0} s', decimal(time, 2))}
          </button>
        )}
        <Cures film={film} at={at} join={join.join} seam={seam} />
      </div>
      {seam?.ok && !seam.value.isCut && <Measures seam={seam.value} />}
    </li>
  );
}

function Measures({ seam }: { readonly seam: Seam }) {
  return (
    <details className="joins__measures">
      <summary>{t('All measures')}</summary>
      <FiguresTable
        heads={[t('Measure'), t('Here'), t('Limit')]}
        rows={seamRows(seam).map(({ name, meaning, value, limit, isFound }) => ({
          name: tell(name),
          meaning: tell(meaning),
          values: [tell(value), tell(limit)],
          isFound,
        }))}
      />
    </details>
  );
}

const OF_LOOK: readonly SeamFault[] = ['luma', 'colour', 'contrast', 'chroma'];
const OF_MOTION: readonly SeamFault[] = ['stall', 'velocity', 'echo', 'double'];

interface Cure {
  readonly label: string;
  readonly why: string;
  apply(draft: BoardDraft): unknown;
}

function Cures({
  film,
  at,
  join,
  seam,
}: {
  readonly film: NodeId;
  readonly at: number;
  readonly join: string;
  readonly seam: Result<Seam> | undefined;
}) {
  const { document, registry } = useApp();
  const readOnly = useFact(document, (state) => state.readOnly);
  const board = useFact(document, (state) => state.board);
  if (!seam?.ok || readOnly) return null;
  const cures = curesFor({ board, registry, film, at, join }, seamFindings(seam.value));
  return cures.map(({ label, why, apply }) => (
    <button
      key={label}
      className="button"
      type="button"
      {...tip(why)}
      onClick={() => document.edit(label, (draft) => void apply(draft))}
    >
      {label}
    </button>
  ));
}

interface Place extends Pick<App, 'registry'> {
  readonly board: Parameters<typeof canMatch>[0];
  readonly film: NodeId;
  readonly at: number;
  readonly join: string;
}

/** The likeliest first. */
function curesFor(
  { board, registry, film, at, join }: Place,
  findings: readonly { readonly fault: SeamFault }[],
): readonly Cure[] {
  const has = (faults: readonly SeamFault[]) => findings.some(({ fault }) => faults.includes(fault));
  const extender = extenderAfter(board, registry, film, at);
  const joinedBy = (kind: string) => (draft: BoardDraft) => setJoin(draft, registry, film, at, kind);
  const cures: (Cure | false)[] = [
    has(['repeat']) &&
      join !== SHARED_KEYFRAME && {
        label: t('Show the shared picture once'),
        why: t('Joins them by a shared keyframe: the picture both have is left out once.'),
        apply: joinedBy(SHARED_KEYFRAME),
      },
    has(OF_LOOK) &&
      canMatch(board, registry, film, at) && {
        label: t('Match to the first shot'),
        why: t(
          'Puts a Match node before the film, with the first shot as its reference, so that no drift is followed.',
        ),
        apply: (draft) => matchAfter(draft, registry, film, at, 0),
      },
    has(OF_MOTION) &&
      extender !== undefined && {
        label: t('Longer tail: {0} s', decimal(extender.longer, 1)),
        why: t('One frame has no velocity: with more of the clip before, the next one can go on as it moved.'),
        apply: (draft) => setParam(draft, extender.node, 'tail', extender.longer),
      },
    has(OF_MOTION) &&
      join !== 'match cut' && {
        label: t('Match cut'),
        why: t('Leaves the one clip and enters the other where they look and move most alike.'),
        apply: joinedBy('match cut'),
      },
    has([...OF_MOTION, 'crispness']) &&
      canBridge(board, registry, film, at) && {
        label: t('Bridge'),
        why: t('Makes a clip between the last picture of the one and the first of the other.'),
        apply: (draft) => bridgeAt(draft, registry, film, at),
      },
    has([...OF_LOOK, 'crispness']) &&
      join !== 'crossfade' && {
        label: t('Crossfade'),
        why: t('Spreads the step over some frames.'),
        apply: joinedBy('crossfade'),
      },
  ];
  return cures.filter((cure) => cure !== false);
}
