/** The pipeline checklist for the open graph: what is wrong, why it matters, and one click that puts it right. */
import { CircleAlert, Lightbulb } from 'lucide-react';
import { createContext, useDeferredValue, useMemo, useState } from 'react';
import { expanded } from '../../graph/component.ts';
import type { NodeId } from '../../core/ids.ts';
import { check } from '../../discipline/discipline.ts';
import type { Elsewhere as Where, Finding } from '../../discipline/rule.ts';
import { HOUSE } from '../../routing/house.ts';
import { newestOf, tableFor } from '../../routing/table-for.ts';
import { useApp, useFact } from '../app-context.ts';
import { useMarket } from '../market.ts';
import { linkTo } from '../navigation.ts';
import { showNode } from '../node-facts.ts';
import { t, tell } from '../../words/t.ts';
import './checklist.css';

export function useFindings(): readonly Finding[] {
  const { document, registry, workspace, desk } = useApp();
  // After what was edited is on screen: the rules look at everything.
  const graph = useDeferredValue(useFact(document, (state) => state.graph));
  const id = useFact(document, (state) => state.id);
  const mode = useFact(workspace, (state) => state.mode);
  const { tables, settings, takes } = useFact(desk, (state) => state);
  const market = useMarket();
  const [now] = useState(() => Date.now());
  return useMemo(
    () =>
      check({
        graph: expanded(graph),
        registry,
        mode,
        takes,
        now,
        table: tableFor(graph, tables),
        newest: newestOf(tables, graph.routing?.table ?? HOUSE.id),
        market,
        audited: settings.audited,
        reviewed: id && settings.reviewed[id],
      }),
    [graph, id, registry, mode, tables, market, settings, takes, now],
  );
}

/** Nodes something is to be said about, for their badges. */
export const FindingsContext = createContext<ReadonlyMap<NodeId, string>>(new Map());
export function useBadges(findings: readonly Finding[]): ReadonlyMap<NodeId, string> {
  return useMemo(() => {
    const badges = new Map<NodeId, string>();
    for (const { node, rule, text } of findings) {
      // A finding inside an instance is shown on the way to it as well.
      for (let end = node?.length ?? -1; node && end > 0; end = node.lastIndexOf('/', end - 1)) {
        const id = node.slice(0, end) as NodeId;
        badges.set(id, [badges.get(id), `${t(rule.title)}. ${tell(text)}`].filter(Boolean).join('\n'));
      }
    }
    return badges;
  }, [findings]);
}

export function Checklist({ findings }: { readonly findings: readonly Finding[] }) {
  const { document, workspace, commands } = useApp();
  const readOnly = useFact(document, (state) => state.readOnly);
  const mend = ({ node, fix }: Finding) => {
    if (node && fix?.locks) return commands.lockSeed(node, fix.locks.param, fix.locks.before);
    if (fix) document.edit(fix.label, (_, whole) => fix.apply(whole));
  };
  if (findings.length === 0)
    return (
      <p className="muted">
        {t('Nothing to put right: routed, bounded, reproducible, and someone has said what is acceptable.')}
      </p>
    );
  return (
    <ul className="checklist">
      {findings.map((finding, index) => (
        <li key={index} data-severity={finding.rule.severity}>
          {finding.rule.severity === 'risk' ? (
            <CircleAlert size={15} aria-label={t('Risk')} />
          ) : (
            <Lightbulb size={15} aria-label={t('Advice')} />
          )}
          <div>
            <p>
              <strong>{t(finding.rule.title)}.</strong> {tell(finding.text)}
            </p>
            <p className="muted">{t(finding.rule.why)}</p>
            <div className="checklist__actions">
              {finding.fix && !finding.node?.includes('/') && (
                <button className="button" type="button" disabled={readOnly} onClick={() => mend(finding)}>
                  {tell(finding.fix.label)}
                </button>
              )}
              {finding.elsewhere && <Elsewhere where={finding.elsewhere} />}
              {finding.node && (
                <button
                  className="button button--quiet"
                  type="button"
                  onClick={() => showNode({ document, workspace }, finding.node!)}
                >
                  {t('Show the node')}
                </button>
              )}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The way to where it is mended. */
function Elsewhere({ where }: { readonly where: Where }) {
  const { workspace, document } = useApp();
  const id = useFact(document, (state) => state.id)!;
  switch (where) {
    case 'delivery mode':
      return (
        <button className="button" type="button" onClick={() => workspace.setState({ mode: 'delivery' })}>
          {t('Switch to delivery')}
        </button>
      );
    case 'review':
      return <Page href={linkTo({ screen: 'review', id })} name={t('Review')} />;
    case 'routing':
      return <Page href={linkTo({ screen: 'routing' })} name={t('Routing')} />;
    case 'catalog':
      return <Page href={linkTo({ screen: 'catalog' })} name={t('Catalog')} />;
    case 'audit':
      return <Page href={linkTo({ screen: 'audit' })} name={t('Audit')} />;
    default:
      return where satisfies never;
  }
}

const Page = ({ href, name }: { readonly href: string; readonly name: string }) => (
  <a className="button" href={href}>
    {t('Open {0}', name)}
  </a>
);
