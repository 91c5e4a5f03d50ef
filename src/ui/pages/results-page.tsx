/** What all graphs have made: searched, filtered, starred, compared, taken up again. */
import { Star } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { createStore } from 'zustand/vanilla';
import type { TakeId } from '../../core/ids.ts';
import type { TakeLabel } from '../../core/take-label.ts';
import { useApp, useFact } from '../app-context.ts';
import { Lacks } from '../lacks-notice.tsx';
import { linkTo } from '../navigation.ts';
import { Viewer, type Viewed } from '../panels/viewer.tsx';
import { choicesIn, EVERYTHING, passing, type ResultFilter } from '../result-filter.ts';
import type { MadeResult } from '../results-listing.ts';
import { WithSmallPictures } from '../small-pictures.tsx';
import { LiveStatus } from '../widgets/live-status.tsx';
import { sameData } from '../../core/equal.ts';
import { t } from '../../words/t.ts';
import { ResultDetails } from './result-details.tsx';
import { ResultFilters } from './result-filters.tsx';
import { ResultsGrid } from './results-grid.tsx';
import './results-page.css';

interface ResultsView {
  readonly filter: ResultFilter;
  /** The last one is the one the arrows go on from. */
  readonly chosen: readonly TakeId[];
}
/** Until the page is closed: whoever opens a graph from here and comes back goes on where they were. */
const view = createStore<ResultsView>(() => ({ filter: EVERYTHING, chosen: [] }));

export default function ResultsPage() {
  const { commands, workspace } = useApp();
  const { results, changeLabels } = useResults();
  useFollowViewer();
  const filter = useFact(view, (state) => state.filter);
  const chosenIds = useFact(view, (state) => state.chosen);
  const [now] = useState(() => Date.now());
  const choices = useMemo(() => choicesIn(results ?? []), [results]);
  const shown = useMemo(() => passing(results ?? [], filter, now), [results, filter, now]);
  const found = shown.filter(({ take }) => chosenIds.includes(take.id));
  const chosen = found.length > 0 ? found : shown.slice(0, 1);
  const current = chosen.find(({ take }) => take.id === chosenIds.at(-1)) ?? chosen[0];
  const choose = useCallback((ids: readonly TakeId[]) => view.setState({ chosen: ids }), []);
  const walk = useMemo(() => shown.filter(({ isFreed }) => !isFreed).map(viewedOf), [shown]);
  const open = (result: MadeResult) => {
    if (!result.isFreed) return workspace.setState({ viewing: viewedOf(result) });
    workspace.notify('info', t('This picture is no longer stored.'), t('Open its graph as it was to make it again.'));
  };
  const compare = () => {
    const [a, b] = chosen.filter(({ isFreed }) => !isFreed);
    if (a && b) workspace.setState({ viewing: { ...viewedOf(a), against: b.take.artifact } });
  };
  const star = (some: readonly MadeResult[]) => {
    const isAll = some.every(({ label }) => label.starredAt !== undefined);
    void changeLabels(some, (label) => withStar(label, !isAll));
  };

  if (results?.length === 0) return <NoResults />;
  const isFiltered = !sameData(filter, EVERYTHING);
  const count = isFiltered
    ? t('{0} of {1} {1|result|results}', shown.length, results?.length ?? 0)
    : t('{0} {0|result|results}', shown.length);
  return (
    <main className="results" aria-label={t('Results')} aria-busy={!results}>
      <div className="results__list">
        <div className="results__top">
          <Lacks />
          <header className="results__head">
            <h1>{t('Results')}</h1>
            <input
              className="field results__search"
              type="search"
              aria-label={t('Search results')}
              placeholder={t('Search results')}
              value={filter.words}
              onChange={({ target }) => view.setState({ filter: { ...filter, words: target.value } })}
            />
            <button
              className="button"
              type="button"
              aria-pressed={filter.isStarred}
              onClick={() => view.setState({ filter: { ...filter, isStarred: !filter.isStarred } })}
            >
              <Star size={14} aria-hidden fill={filter.isStarred ? 'currentColor' : 'none'} /> {t('Starred')}
            </button>
          </header>
          <ResultFilters
            filter={filter}
            choices={choices}
            onFilter={(change) => view.setState({ filter: { ...filter, ...change } })}
          />
          <div className="results__line">
            <LiveStatus className="muted tabular" label={t('Results found')} said={count}>
              {results ? count : t('Being read …')}
            </LiveStatus>
            {isFiltered && (
              <button
                className="button button--quiet"
                type="button"
                onClick={() => view.setState({ filter: EVERYTHING })}
              >
                {t('Show all')}
              </button>
            )}
          </div>
        </div>
        <div className="page results__scroll">
          {results && shown.length === 0 ? (
            <p className="empty">{t('Nothing you have made fits this search and these filters.')}</p>
          ) : (
            <WithSmallPictures>
              <ResultsGrid
                results={shown}
                chosen={chosen}
                current={current}
                onChoose={choose}
                onOpen={open}
                onStar={star}
                onCompare={compare}
              />
            </WithSmallPictures>
          )}
        </div>
      </div>
      {current && (
        <ResultDetails
          chosen={chosen}
          current={current}
          tags={choices.tags}
          onOpen={() => open(current)}
          onCompare={compare}
          onStar={() => star(chosen)}
          onTags={(tags) => void changeLabels([current], (label) => ({ ...label, tags }))}
          onDownload={() => chosen.forEach(({ take }) => void commands.downloadTake(take))}
        />
      )}
      <Viewer walk={walk} />
    </main>
  );
}

const viewedOf = ({ take, nth, graph }: MadeResult): Viewed => ({
  node: take.node,
  value: take.artifact,
  made: { take, nth, title: graph?.title ?? t('a graph that is gone') },
});
function withStar(before: TakeLabel, isStarred: boolean): TakeLabel {
  const { starredAt: _, ...label } = before;
  return isStarred ? { ...label, starredAt: Date.now() } : label;
}

/** What is looked at last in the large view is what the arrows go on from. */
function useFollowViewer(): void {
  const { workspace } = useApp();
  useEffect(
    () =>
      workspace.subscribe(({ viewing }) => {
        if (viewing?.made && !viewing.against) view.setState({ chosen: [viewing.made.take.id] });
      }),
    [workspace],
  );
}

/** Read anew whenever the open graph has made something, or something was judged. */
function useResults() {
  const { commands, desk } = useApp();
  const takes = useFact(desk, (state) => state.takes);
  const [results, setResults] = useState<readonly MadeResult[]>();
  useEffect(() => {
    let isCurrent = true;
    void commands.results().then((found) => isCurrent && found && setResults(found));
    return () => {
      isCurrent = false;
    };
  }, [commands, takes]);
  const changeLabels = async (some: readonly MadeResult[], change: (label: TakeLabel) => TakeLabel) => {
    const changed = await commands.labelTakes(
      some.map(({ take }) => take.id),
      change,
    );
    const labels = new Map(changed?.map((label) => [label.take, label]));
    setResults((now) =>
      now?.map((result) => {
        const label = labels.get(result.take.id);
        return label ? { ...result, label } : result;
      }),
    );
  };
  return { results, changeLabels };
}

function NoResults() {
  return (
    <main className="page" aria-label={t('Results')}>
      <h1>{t('Results')}</h1>
      <Lacks />
      <p className="empty empty--page">
        {t('Nothing was made yet. Run a graph, and every picture and clip it makes can be found here.')}{' '}
        <a className="link" href={linkTo({ screen: 'gallery' })}>
          {t('Open a graph')}
        </a>
      </p>
    </main>
  );
}
