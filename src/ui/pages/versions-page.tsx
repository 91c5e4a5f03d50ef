/** A graph's versions in time: what changed between them, drawn and in words; names, restore, branch. */
import { ArrowLeft, GitBranch, History as HistoryIcon, Undo2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { registryWith } from '../../graph/component.ts';
import { differenceOf, isEqual, type GraphDiff } from '../../graph/diff.ts';
import { wireEntries, type Graph, type Wire } from '../../graph/graph.ts';
import type { NodeId, VersionId } from '../../core/ids.ts';
import type { Registry } from '../../core/node.ts';
import { boundsOf } from '../../graph/rect.ts';
import { pathOf } from '../../graph/wire-shape.ts';
import { useApp, useFact } from '../app-context.ts';
import { rectOf, wireCurves } from '../canvas/places.ts';
import { cardsWithoutResults } from '../canvas/shown-shapes.ts';
import type { SavedVersion } from '../commands.ts';
import { keyOf } from '../keys.ts';
import { modelInWords } from '../market.ts';
import { goTo, linkTo } from '../navigation.ts';
import { nameInWords } from '../graph-title.ts';
import { timeToTheSecond } from '../dates.ts';
import { named } from '../widgets/tip.ts';
import { inFigures, t, tell, tellAll, w } from '../../words/t.ts';
import './diff.css';
import './versions-page.css';

/** The line with the name of a node, in units of the drawing: how high, and how far from the edges of its card. */
const DRAWN_TITLE = 48;
const DRAWN_INSET = 14;

export default function Versions() {
  const { commands, document, registry, workspace } = useApp();
  const id = useFact(document, (state) => state.id)!;
  const graph = useFact(document, (state) => state.graph);
  const readOnly = useFact(document, (state) => state.readOnly);
  const [versions, setVersions] = useState<readonly SavedVersion[]>();
  const [chosen, setChosen] = useState<VersionId>();
  const [against, setAgainst] = useState<'now' | 'before'>('now');
  const refresh = useMemo(() => () => void commands.versions().then(setVersions), [commands]);
  useEffect(refresh, [refresh]);
  const at = versions?.findIndex((version) => version.id === chosen) ?? -1;
  const version = versions?.[at < 0 ? 0 : at];
  const earlier = versions?.[(at < 0 ? 0 : at) + 1];
  const [shownGraph, earlierGraph] = [
    useVersionGraph(version?.id),
    useVersionGraph(against === 'before' ? earlier?.id : undefined),
  ];
  const isNow = useMemo(() => shownGraph && isEqual(differenceOf(shownGraph, graph)), [shownGraph, graph]);
  const [from, to] = against === 'now' ? [shownGraph, graph] : [earlierGraph, shownGraph];
  const restore = (one: SavedVersion, then: Graph) => {
    commands.replaceGraph(then, w('Restore version'));
    workspace.notify(
      'info',
      t('The graph is as it was {0}.', one.name ? t('in “{0}”', one.name) : t('on {0}', timeToTheSecond(one.at))),
      t('Undo takes it back.'),
    );
    goTo({ screen: 'graph', id });
  };
  const branch = async (then: Graph) => {
    const copy = await commands.createGraph({ ...then, title: t('{0}, branch', then.title) });
    if (copy) goTo({ screen: 'graph', id: copy });
  };
  return (
    <main className="page versions">
      <header className="page__head">
        <a className="button button--icon" href={linkTo({ screen: 'graph', id })} {...named(t('Back to the editor'))}>
          <ArrowLeft size={15} aria-hidden />
        </a>
        <h1>{t('Versions of “{0}”', nameInWords(graph))}</h1>
      </header>
      <div className="versions__body">
        <ol className="versions__list" aria-label={t('Versions, newest first')}>
          {versions?.map((one) => (
            <li key={one.id} data-named={one.name !== undefined}>
              <button type="button" aria-current={one.id === version?.id} onClick={() => setChosen(one.id)}>
                <strong>{one.name ?? timeToTheSecond(one.at)}</strong>
                <small className="tabular">
                  {one.name ? `${timeToTheSecond(one.at)}, ` : ''}
                  {brief(one)}
                </small>
              </button>
            </li>
          ))}
        </ol>
        {version && (
          <section className="versions__detail" aria-label={t('This version')}>
            <div className="versions__tools">
              <VersionName key={version.id} version={version} onNamed={refresh} />
              {isNow ? (
                <span className="muted">{t('The graph is as in this version.')}</span>
              ) : (
                <button
                  className="button button--primary"
                  type="button"
                  disabled={readOnly || !shownGraph}
                  onClick={() => shownGraph && restore(version, shownGraph)}
                >
                  <Undo2 size={14} aria-hidden /> {t('Restore')}
                </button>
              )}
              <button
                className="button"
                type="button"
                disabled={!shownGraph}
                onClick={() => shownGraph && void branch(shownGraph)}
              >
                <GitBranch size={14} aria-hidden /> {t('Branch')}
              </button>
              <div className="versions__against" role="group" aria-label={t('What it is compared with')}>
                <button
                  className="button"
                  type="button"
                  aria-pressed={against === 'now'}
                  onClick={() => setAgainst('now')}
                >
                  <HistoryIcon size={14} aria-hidden /> {t('Against now')}
                </button>
                <button
                  className="button"
                  type="button"
                  aria-pressed={against === 'before'}
                  disabled={!earlier}
                  onClick={() => setAgainst('before')}
                >
                  {t('Against the one before')}
                </button>
              </div>
            </div>
            {from && to && <Difference before={from} after={to} registry={registry} />}
            {against === 'before' && !earlier && <p className="empty">{t('This is the first version.')}</p>}
          </section>
        )}
      </div>
    </main>
  );
}

function VersionName({ version, onNamed }: { readonly version: SavedVersion; readonly onNamed: () => void }) {
  const { commands } = useApp();
  const [name, setName] = useState(version.name ?? '');
  const keep = () => name.trim() !== (version.name ?? '') && void commands.nameVersion(version.id, name).then(onNamed);
  return (
    <input
      className="field versions__name"
      aria-label={t('Name of this version')}
      placeholder={t('Name it, to keep it for ever')}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => keyOf(event) === 'Enter' && keep()}
    />
  );
}

function Difference({
  before,
  after,
  registry,
}: {
  readonly before: Graph;
  readonly after: Graph;
  readonly registry: Registry;
}) {
  const { desk } = useApp();
  const { catalog, providers } = useFact(desk, (state) => state);
  const diff = useMemo(
    () => differenceOf(before, after, (ref) => modelInWords(catalog, providers, ref)),
    [before, after, catalog, providers],
  );
  const known = useMemo(
    () => registryWith(registry, () => ({ ...before.components, ...after.components })),
    [registry, before, after],
  );
  const nameOf = (id: NodeId) => {
    const node = after.nodes[id] ?? before.nodes[id];
    return node?.title ?? known.get(node?.type ?? '')?.title ?? node?.type ?? id;
  };
  const endName = (wire: string) => {
    const [, node = '', socket = '', to = ''] = wire.match(/^(.*)\.([^.]*) → (.*)$/) ?? [];
    return `${nameOf(node as NodeId)}, ${socket} → ${to}`;
  };
  if (isEqual(diff))
    return (
      <>
        <DiffPicture before={before} after={after} diff={diff} registry={known} />
        <p className="empty">{t('Nothing differs.')}</p>
      </>
    );
  return (
    <>
      <DiffPicture before={before} after={after} diff={diff} registry={known} />
      <ul className="changes" aria-label={t('Changes')}>
        {diff.added.map((id) => (
          <li key={id} data-kind="added">
            <strong>{nameOf(id)}</strong> {t('added')}
          </li>
        ))}
        {diff.removed.map((id) => (
          <li key={id} data-kind="removed">
            <strong>{nameOf(id)}</strong> {t('removed')}
          </li>
        ))}
        {diff.changed.map((change) => (
          <li key={change.node} data-kind="changed">
            <strong>{nameOf(change.node)}</strong>
            <ul>
              {change.params.map(({ param, from, to }) => (
                <li key={param}>
                  {known.get((after.nodes[change.node] ?? before.nodes[change.node])!.type)?.params[param]?.label ??
                    param}
                  : <del>{shown(from)}</del> → <ins>{shown(to)}</ins>
                </li>
              ))}
              {change.settings.map((setting, at) => (
                <li key={at}>{tell(setting)}</li>
              ))}
              {change.disconnected.map((wire) => (
                <li key={wire}>
                  <del>{endName(wire)}</del>
                </li>
              ))}
              {change.connected.map((wire) => (
                <li key={wire}>
                  <ins>{endName(wire)}</ins>
                </li>
              ))}
            </ul>
          </li>
        ))}
        {diff.components.map((id) => (
          <li key={id} data-kind="changed">
            {t('Component')} <strong>{(after.components[id] ?? before.components[id])!.title}</strong>{' '}
            {after.components[id] ? (before.components[id] ? t('changed inside') : t('made')) : t('gone')}
          </li>
        ))}
        {diff.around.map((part, at) => (
          <li key={at} data-kind="changed">
            {t('{0} changed', part)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Both graphs in one picture: what stayed is quiet, what came is green, what went is red, what changed is amber. */
function DiffPicture({
  before,
  after,
  diff,
  registry,
}: {
  readonly before: Graph;
  readonly after: Graph;
  readonly diff: GraphDiff;
  readonly registry: Registry;
}) {
  const kind = new Map<NodeId, string>([
    ...diff.added.map((id) => [id, 'added'] as const),
    ...diff.removed.map((id) => [id, 'removed'] as const),
    ...diff.changed.map(({ node }) => [node, 'changed'] as const),
  ]);
  const nodes = [
    ...(Object.keys(after.nodes) as NodeId[]).map((id) => ({ id, graph: after })),
    ...diff.removed.map((id) => ({ id, graph: before })),
  ];
  const rects = nodes.flatMap(({ id, graph }) => {
    const rect = rectOf(graph, cardsWithoutResults(graph, registry), id);
    return rect ? [{ id, rect, graph }] : [];
  });
  const bounds = boundsOf(rects.map(({ rect }) => rect));
  if (!bounds) return null;
  const nameOf = ({ from, to }: Wire) => `${from.node} ${from.socket} ${to.node} ${to.socket}`;
  const wires = (graph: Graph, other: Graph, lost: string) => {
    const others = new Set(Object.values(other.wires).map(nameOf));
    return wireEntries(graph).map(([id, wire]) => {
      const there = others.has(nameOf(wire));
      return lost === 'removed' && there ? null : (
        <path
          key={`${lost} ${id}`}
          data-kind={there ? 'same' : lost}
          d={pathOf(wireCurves(graph, cardsWithoutResults(graph, registry), id))}
        />
      );
    });
  };
  return (
    <svg
      className="diff"
      viewBox={`${bounds.x - 40} ${bounds.y - 40} ${bounds.width + 80} ${bounds.height + 80}`}
      role="img"
      aria-label={t('{0} added, {1} removed, {2} changed', diff.added.length, diff.removed.length, diff.changed.length)}
    >
      {wires(before, after, 'removed')}
      {wires(after, before, 'added')}
      {rects.map(({ id, rect, graph }) => (
        <g key={id} data-kind={kind.get(id) ?? 'same'}>
          <rect x={rect.x} y={rect.y} width={rect.width} height={rect.height} rx={10} />
          <foreignObject
            x={rect.x + DRAWN_INSET}
            y={rect.y}
            width={rect.width - 2 * DRAWN_INSET}
            height={Math.min(rect.height, DRAWN_TITLE)}
          >
            <p>{graph.nodes[id]!.title ?? registry.get(graph.nodes[id]!.type)?.title ?? graph.nodes[id]!.type}</p>
          </foreignObject>
        </g>
      ))}
    </svg>
  );
}

/** A version's graph, read when it is looked at. */
function useVersionGraph(id: VersionId | undefined): Graph | undefined {
  const { commands } = useApp();
  const [read, setRead] = useState<{ readonly id: VersionId; readonly graph: Graph | undefined }>();
  useEffect(() => {
    let isCurrent = true;
    if (id) void commands.versionGraph(id).then((graph) => isCurrent && setRead({ id, graph }));
    return () => {
      isCurrent = false;
    };
  }, [commands, id]);
  return read?.id === id ? read?.graph : undefined;
}

/** "2 edits: Move, Add node": what led to a version. */
function brief({ number, edits, labels, nodes }: SavedVersion): string {
  if (number === 1) return t('the beginning');
  if (edits === 0) return t('{0} {0|node|nodes}', nodes);
  return t('{0} {0|edit|edits}: {1}', edits, tellAll(labels));
}
function shown(value: unknown): string {
  if (value === undefined) return t('default');
  if (typeof value === 'number') return inFigures(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 118)}…` : text || '“”';
}
