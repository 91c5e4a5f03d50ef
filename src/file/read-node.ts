/** One node of a file: a known one with its params checked and brought up to date, any other as it is. */
import { widthOfCard } from '../graph/card-look.ts';
import { MARK_COLOURS, type CardLook, type GraphNode } from '../graph/graph.ts';
import type { FrameId } from '../core/ids.ts';
import { LONGEST_MODEL, LONGEST_TITLE, MOST_SOCKETS } from '../core/limits.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import { parseParams } from '../core/params.ts';
import { say } from '../core/say.ts';
import { readChoice, readInner } from './read-choices.ts';
import { asWritten, isCount, isName, isText, listOf, loose } from './entries.ts';
import { migrateNode } from './migrations.ts';
import { newerType, writtenType } from './newer.ts';
import { readLayers } from './read-layers.ts';
import { readPoint } from './read-marks.ts';
import { shortName, type Report } from './report.ts';

export function readNode(id: string, raw: unknown, registry: Registry, report: Report): GraphNode | undefined {
  if (!isRecord(raw) || !isText(raw['type'])) {
    report.add('dropped', say('Node {0} has no type and was left out.', shortName(id)));
    return undefined;
  }
  const type = writtenType({ type: raw['type'], version: raw['version'] });
  const definition = registry.get(type);
  const version = readVersion(raw['version'], definition?.title ?? type, report);
  const params = loose(raw['params']);
  if (!definition || version > definition.version) {
    if (definition)
      report.add(
        'missing',
        say(
          '{0} was saved by a newer version of Triptych. It is kept as it is, as a placeholder; the branches without it run.',
          say(definition.title),
        ),
      );
    else
      report.add(
        'missing',
        say('“{0}” is not known here; it is kept as a placeholder and the branches without it run.', shortName(type)),
      );
    return {
      type: definition ? newerType(type, version) : type,
      version,
      params: asWritten(params) as Loose,
      ...readRest(raw, report),
    };
  }
  const moved = migrateNode(definition, { params }, version);
  if (version < definition.version)
    report.add('migrated', say('{0}: version {1} → {2}.', say(definition.title), version, definition.version));
  return {
    type,
    version: definition.version,
    params: readParams(definition, moved.params, report),
    ...readRest(raw, report),
  };
}

/** Whole and from 1 on. Anything else is read as the first version, which is what files without one are. */
function readVersion(raw: unknown, title: string, report: Report): number {
  if (raw === undefined || (isCount(raw) && raw >= 1)) return (raw as number | undefined) ?? 1;
  report.add(
    'dropped',
    say('{0} does not say in which version it was saved; it was read as version 1.', say(shortName(title))),
  );
  return 1;
}

/** Those the definition knows and takes; what is wrong is reported, and the default stands in. */
function readParams(definition: NodeFace, raw: Loose, report: Report): Loose {
  const sound = readLayers(definition, asWritten(raw) as Loose, report);
  const { problems } = parseParams(definition.params, sound);
  for (const problem of problems)
    report.add('dropped', say('{0}: {1} The default is used.', say(definition.title), problem.message));
  const bad = new Set(problems.map(({ param }) => param));
  return Object.fromEntries(
    Object.entries(sound).filter(([name]) => Object.hasOwn(definition.params, name) && !bad.has(name)),
  );
}

/** What nodes of every type can have. */
function readRest(raw: Loose, report: Report): Omit<GraphNode, 'type' | 'version' | 'params'> {
  const promoted = [...new Set(listOf(raw['promoted']).filter(isName))].slice(0, MOST_SOCKETS);
  return {
    position: readPoint(raw['position']),
    ...(isText(raw['title']) ? { title: raw['title'].slice(0, LONGEST_TITLE) } : {}),
    ...(raw['muted'] === true ? { muted: true } : {}),
    ...(raw['off'] === true ? { off: true } : {}),
    ...(isName(raw['frame']) ? { frame: raw['frame'] as FrameId } : {}),
    ...(Array.isArray(raw['promoted']) ? { promoted } : {}),
    ...readLook(raw['look']),
    ...readPinned(raw['pinned'], report),
    ...readChoice(raw),
    ...readInner(raw['inner']),
  };
}

/** What cannot be read of it is left out: the card then looks like any other. */
function readLook(raw: unknown): Pick<GraphNode, 'look'> {
  const { width, collapsed, unfolded, colour, params } = loose(raw);
  const known = MARK_COLOURS.find((one) => one === colour);
  const names = [...new Set(listOf(params).filter(isName))].slice(0, MOST_SOCKETS);
  const look: CardLook = {
    ...(typeof width === 'number' && Number.isFinite(width) ? { width: widthOfCard(width) } : {}),
    ...(collapsed === true ? { collapsed } : {}),
    ...(unfolded === true ? { unfolded } : {}),
    ...(known ? { colour: known } : {}),
    ...(names.length ? { params: names } : {}),
  };
  return Object.keys(look).length ? { look } : {};
}

/** Without its pin a node asks whom the table names, so a pin that is lost is said. */
function readPinned(raw: unknown, report: Report): Pick<GraphNode, 'pinned'> {
  if (raw === undefined) return {};
  const { provider, model } = loose(raw);
  if (isModelName(provider) && isModelName(model)) return { pinned: { provider, model } };
  report.add('dropped', say('A node was pinned to a model that cannot be read; its routing table decides.'));
  return {};
}
const isModelName = (name: unknown): name is string => isText(name) && name !== '' && name.length <= LONGEST_MODEL;
