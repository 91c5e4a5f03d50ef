/** A graph that came in a link: what it is and what opening it would change, before anything is opened. */
import { useEffect, useState } from 'react';
import { componentIdOf } from '../../graph/component-type.ts';
import { useApp, useFact } from '../app-context.ts';
import type { Incoming } from '../commands.ts';
import { goTo, linkTo } from '../navigation.ts';
import { nameInWords } from '../graph-title.ts';
import { t, tell } from '../../words/t.ts';
import './diff.css';
import './shared-page.css';

export default function Shared({ code }: { readonly code: string }) {
  const { commands, registry, desk } = useApp();
  const tables = useFact(desk, (state) => state.tables);
  const [incoming, setIncoming] = useState<Incoming>();
  useEffect(() => {
    let current = true;
    void commands.readLink(code).then((read) => {
      if (!current) return;
      if (read) setIncoming(read);
      else goTo({ screen: 'gallery' }, true);
    });
    return () => {
      current = false;
    };
  }, [commands, code]);
  if (!incoming) return <main aria-busy="true" />;
  const { graph, report } = incoming;
  const tableName = tables.find(({ id }) => id === graph.routing?.table)?.name ?? graph.routing?.table;
  const nodes = Object.values(graph.nodes);
  const counted = [...new Set(nodes.map(({ type }) => type))].map((type) => ({
    title: (componentIdOf(type) ? graph.components[componentIdOf(type)!]?.title : registry.get(type)?.title) ?? type,
    count: nodes.filter((node) => node.type === type).length,
  }));
  const open = async () => {
    const id = await incoming.open();
    if (id) goTo({ screen: 'graph', id }, true);
  };
  return (
    <main className="page shared">
      <h1>{nameInWords(graph)}</h1>
      {graph.description && <p className="page__lead">{graph.description}</p>}
      <section className="panel">
        <p>
          {t(
            'This graph came in a link. It has {0} {0|node|nodes} and was not opened yet; nothing in it has run.',
            nodes.length,
          )}
        </p>
        <dl className="facts">
          {graph.author && (
            <>
              <dt>{t('Author')}</dt>
              <dd>{graph.author}</dd>
            </>
          )}
          {graph.licence && (
            <>
              <dt>{t('Licence')}</dt>
              <dd>{graph.licence}</dd>
            </>
          )}
          {graph.routing && (
            <>
              <dt>{t('Routing table')}</dt>
              <dd>
                {tableName} {graph.routing.version}
              </dd>
            </>
          )}
          <dt>{t('Nodes')}</dt>
          <dd>{counted.map(({ title, count }) => (count > 1 ? `${count} × ${title}` : title)).join(', ')}</dd>
        </dl>
        <h2>{t('On opening')}</h2>
        {report.length === 0 ? (
          <p className="muted">{t('Nothing is changed or left out.')}</p>
        ) : (
          <ul className="changes">
            {report.map((line, at) => (
              <li key={at} data-kind="changed">
                {tell(line)}
              </li>
            ))}
          </ul>
        )}
        <div className="tools">
          <button className="button button--primary" type="button" onClick={() => void open()}>
            {t('Open the graph')}
          </button>
          <a className="button" href={linkTo({ screen: 'gallery' })}>
            {t('Leave it')}
          </a>
        </div>
      </section>
    </main>
  );
}
