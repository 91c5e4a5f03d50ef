/** A ComfyUI workflow, to look at: its nodes as they lay, and what each is in Triptych. */
import { useState } from 'react';
import { boundsOf } from '../../graph/rect.ts';
import { curvesOf, pathOf } from '../../graph/wire-shape.ts';
import type { ForeignGraph, ForeignNode } from '../../file/comfyui-workflow.ts';
import { useApp, useFact } from '../app-context.ts';
import { linkTo } from '../navigation.ts';
import { WorkflowWays } from './workflow-ways.tsx';
import { t, tell } from '../../words/t.ts';
import './comfyui-page.css';
import './diff.css';

export default function ComfyUi() {
  const { workspace } = useApp();
  const foreign = useFact(workspace, (state) => state.foreign);
  const [chosen, setChosen] = useState<string>();
  if (!foreign) {
    return (
      <main className="page">
        <h1>{t('ComfyUI workflow')}</h1>
        <p className="empty empty--page">
          {t('Nothing is open here. Drop a workflow on the templates page, or open it there.')}{' '}
          <a className="button" href={linkTo({ screen: 'gallery' })}>
            {t('Templates')}
          </a>
        </p>
      </main>
    );
  }
  const { graph, name } = foreign;
  const with_ = graph.nodes.filter(({ counterpart }) => counterpart?.node);
  const elsewhere = graph.nodes.filter(({ counterpart }) => counterpart && !counterpart.node);
  const without = graph.nodes.filter(({ counterpart }) => !counterpart);
  const node = graph.nodes.find(({ id }) => id === chosen);
  const group = (title: string, list: readonly ForeignNode[], kind: string) =>
    list.length > 0 && (
      <>
        <h2>
          {title} ({list.length})
        </h2>
        <ul className="changes">
          {[...new Set(list.map(({ type }) => type))]
            .map((type) => [type, list.filter((one) => one.type === type)] as const)
            .map(([type, same]) => (
              <li key={type} data-kind={kind}>
                <button type="button" onClick={() => setChosen(same[0]!.id)}>
                  <strong>{type}</strong>
                </button>
                {same.length > 1 && ` × ${same.length}`}
                {same[0]!.counterpart && <span className="muted">: {tell(same[0]!.counterpart.words)}</span>}
              </li>
            ))}
        </ul>
      </>
    );
  return (
    <main className="page comfy">
      <header className="page__head">
        <div>
          <h1>{name}</h1>
          <p className="page__lead">
            {t(
              'A ComfyUI workflow, to read: {0} {0|node|nodes}, {1} of them with a counterpart here. It is not run, and nothing in it was fetched.',
              graph.nodes.length,
              with_.length + elsewhere.length,
            )}
            {graph.subgraphs > 0 &&
              ` ${t('What is inside its {0|subgraph|{0} subgraphs} is drawn below.', graph.subgraphs)}`}
          </p>
        </div>
        <WorkflowWays key={foreign.text} {...foreign} />
      </header>
      <Picture graph={graph} chosen={chosen} onChoose={setChosen} />
      {node && (
        <p className="why">
          <strong>{node.title}</strong>
          {node.settings.length > 0 && `: ${node.settings.join(', ')}`}.{' '}
          {node.counterpart
            ? t('In Triptych: {0}.', node.counterpart.words)
            : t('Triptych has nothing that does this.')}
        </p>
      )}
      {group(t('Has a node here'), with_, 'added')}
      {group(t('Lives elsewhere here'), elsewhere, 'changed')}
      {group(t('Has no counterpart'), without, 'removed')}
    </main>
  );
}

function Picture({
  graph,
  chosen,
  onChoose,
}: {
  readonly graph: ForeignGraph;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}) {
  const places = new Map(graph.nodes.map((one) => [one.id, one]));
  const bounds = boundsOf([
    ...graph.nodes.map(({ position, size }) => ({ ...position, ...size })),
    ...graph.groups.map(({ rect }) => rect),
  ]);
  if (!bounds) return <p className="empty">{t('This workflow has no nodes.')}</p>;
  return (
    <svg
      className="diff comfy__picture"
      viewBox={`${bounds.x - 40} ${bounds.y - 60} ${bounds.width + 80} ${bounds.height + 100}`}
      role="img"
      aria-label={t('{0} {0|node|nodes} of a ComfyUI workflow', graph.nodes.length)}
    >
      {graph.groups.map(({ title, rect }, at) => (
        <g key={at} className="comfy__group">
          <rect {...rect} rx={12} />
          <text x={rect.x + 14} y={rect.y + 30}>
            {title}
          </text>
        </g>
      ))}
      {graph.wires.map(({ from, to }, at) => {
        const [a, b] = [places.get(from)!, places.get(to)!];
        return (
          <path
            key={at}
            d={pathOf(
              curvesOf(
                { x: a.position.x + a.size.width, y: a.position.y + 20 },
                { x: b.position.x, y: b.position.y + 20 },
              ),
            )}
          />
        );
      })}
      {graph.nodes.map(({ id, title, position, size, counterpart, settings }) => (
        <g
          key={id}
          data-kind={counterpart ? (counterpart.node ? 'added' : 'changed') : 'removed'}
          data-chosen={id === chosen}
          onClick={() => onChoose(id)}
        >
          <rect {...position} {...size} rx={10} />
          <text x={position.x + 12} y={position.y + 26}>
            {title.slice(0, Math.max(6, Math.floor(size.width / 11)))}
          </text>
          {settings.slice(0, Math.max(0, Math.floor((size.height - 50) / 22))).map((words, at) => (
            <text key={at} className="comfy__setting" x={position.x + 12} y={position.y + 52 + at * 22}>
              {words.slice(0, Math.floor(size.width / 9))}
            </text>
          ))}
        </g>
      ))}
    </svg>
  );
}
