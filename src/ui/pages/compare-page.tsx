/** Comparing what a graph makes: a sweep of params, and a clip from words against one from a still. */
import { useMemo } from 'react';
import { beginSweep, picturesOffered } from '../../graph/sweep-edits.ts';
import { sweptGraph } from '../../graph/swept-graph.ts';
import { nameInWords } from '../graph-title.ts';
import { twoWaysOf } from '../../graph/two-ways.ts';
import { useApp, useFact } from '../app-context.ts';
import { compareWays } from '../begin-comparing.ts';
import type { RowsOf } from '../commands.ts';
import { linkTo } from '../navigation.ts';
import { nameOf } from '../node-facts.ts';
import { SweepAxes } from './sweep-axes.tsx';
import { SweepGrid } from './sweep-grid.tsx';
import { TwoWaysCompared } from './two-ways-compared.tsx';
import { t } from '../../words/t.ts';
import './compare-page.css';

export default function Compare() {
  const app = useApp();
  const { document, registry } = app;
  const graph = useFact(document, (state) => state.graph);
  const readOnly = useFact(document, (state) => state.readOnly);
  const { nodes, wires } = graph;
  const ways = useMemo(() => twoWaysOf({ nodes, wires }, registry), [registry, nodes, wires]);
  const id = useFact(document, (state) => state.id)!;
  const { sweep } = graph;
  const rows = useMemo(
    (): RowsOf | undefined => (sweep ? { graph: sweptGraph(graph), targets: [sweep.shows] } : undefined),
    [graph, sweep],
  );
  return (
    <main className="page compare">
      <header className="page__head">
        <div>
          <h1>{t('Compare')}</h1>
          <p className="page__lead">
            {t(
              '“{0}” with one or two params over several values. What was made before costs nothing.',
              nameInWords(graph),
            )}
          </p>
        </div>
        <div className="page__tools">
          {ways.length === 0 && !readOnly && (
            <button className="button" type="button" onClick={() => void compareWays(app, undefined)}>
              {t('Text against still')}
            </button>
          )}
          <a className="button" href={linkTo({ screen: 'graph', id })}>
            {t('Open the graph')}
          </a>
        </div>
      </header>
      {sweep && rows ? (
        <>
          <SweepAxes sweep={sweep} />
          {sweep.axes.length > 0 && <SweepGrid sweep={sweep} rows={rows} />}
        </>
      ) : (
        <NoSweep />
      )}
      {ways.length > 0 && <TwoWaysCompared all={ways} graph={graph} />}
    </main>
  );
}

function NoSweep() {
  const { document, registry } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const readOnly = useFact(document, (state) => state.readOnly);
  const offered = picturesOffered(graph, registry);
  if (readOnly || offered.length === 0)
    return (
      <p className="empty empty--page">
        {readOnly
          ? t('This graph is being edited in another tab.')
          : t('This graph makes no picture or clip yet: add a node that does.')}
      </p>
    );
  return (
    <section className="panel" aria-label={t('New sweep')}>
      <h2>{t('Which result is to be compared?')}</h2>
      <div className="sweep__first">
        {offered.map((node) => (
          <button
            key={node}
            className="button"
            type="button"
            onClick={() => document.edit('Begin a sweep', (_, whole) => beginSweep(whole, node))}
          >
            {nameOf(graph, registry, node)}
          </button>
        ))}
      </div>
    </section>
  );
}
