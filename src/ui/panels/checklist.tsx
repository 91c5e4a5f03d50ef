/** The pipeline checklist for the open graph: what is wrong, why it matters, and one click that puts it right. */
import { CircleAlert, Lightbulb } from 'lucide-react';
import type { Elsewhere as Where, Finding } from '../../discipline/rule.ts';
import { useApp, useFact } from '../app-context.ts';
import { linkTo } from '../navigation.ts';
import { showNode } from '../node-facts.ts';
import { t, tell } from '../../words/t.ts';
import './checklist.css';

export default function Checklist({ findings }: { readonly findings: readonly Finding[] }) {
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
  if (typeof where === 'object')
    return <Page href={linkTo({ screen: 'campaign', tag: where.tag })} name={t('Campaign')} />;
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
