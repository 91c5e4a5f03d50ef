/**
 * ComfyUI workflows, in the editor's format and the API's: read as a picture of their nodes, with what each is in
 * Triptych. Never run.
 */
import { closing } from '../graph/circles.ts';
import { ok, type Result } from '../core/errors.ts';
import type { Point, Size } from '../graph/graph.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import { boundsOf, type Rect } from '../graph/rect.ts';
import { say, type Sentence } from '../core/say.ts';
import { apiInputsOf, isOfEditor, readWorkflowJson, subgraphsOf } from './comfyui-json.ts';
import { finite, listOf, within } from './entries.ts';

export interface ForeignNode {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly position: Point;
  readonly size: Size;
  /** What was set on it, in short. */
  readonly settings: readonly string[];
  /** What does the same here. */
  readonly counterpart?: Counterpart;
}
export interface ForeignGraph {
  readonly nodes: readonly ForeignNode[];
  readonly wires: readonly { readonly from: string; readonly to: string; readonly kind: string }[];
  readonly groups: readonly { readonly title: string; readonly rect: Rect }[];
  /** Subgraphs, each drawn as a group of its own below the rest. */
  readonly subgraphs: number;
}
export interface Counterpart {
  /** A node's id, or where else it lives. */
  readonly node?: string;
  readonly words: Sentence;
}

const node = (id: string, words: Sentence): Counterpart => ({ node: id, words });
const elsewhere = (words: Sentence): Counterpart => ({ words });
/** By type; the first that fits. */
const COUNTERPARTS: readonly (readonly [RegExp, Counterpart])[] = [
  [/^(CLIPTextEncode|TextEncode|.*CLIPTextEncode.*)/, node('prompt', say('Prompt'))],
  [/^(KSampler|SamplerCustom|KSamplerAdvanced)/, node('image', say('Image, with Seed and Guidance wired to it'))],
  [/^(RandomNoise|.*Seed.*)$/, node('seed', say('Seed'))],
  [/^(CFGGuider|BasicGuider|FluxGuidance|DualCFGGuider)/, node('guidance', say('Guidance'))],
  [/(I2V|ImageToVideo|img2vid)/i, node('animate', say('Animate'))],
  [/(T2V|TextToVideo|HunyuanVideo|EmptyLTXV|Mochi)/i, node('film', say('Film'))],
  [/^(Empty.*Latent|ResolutionSelector|.*AspectRatio.*)/, node('aspect', say('Aspect'))],
  [/^(LoadImage|LoadImageMask|ImageInput)/, node('reference', say('Reference'))],
  [/(IPAdapter|StyleModel|ReferenceLatent)/i, node('reference', say('Reference, wired to Image'))],
  [/(Upscale|ImageScale)/i, node('upscale', say('Upscale'))],
  [/(Sharpen)/i, node('sharpen', say('Sharpen'))],
  [/(Denoise|ImageBlur)/i, node('denoise', say('Denoise'))],
  [/(ImageCrop|ImagePad)/i, node('reframe', say('Reframe'))],
  [/(ColorCorrect|ColorMatch|LUT|Brightness|Contrast)/i, node('grade', say('Grade'))],
  [/(FilmGrain)/i, node('grain', say('Grain'))],
  [
    /^(SaveImage|PreviewImage|SaveAnimated|SaveVideo|SaveWEBM|VHS_VideoCombine|CreateVideo)/,
    node('deliver', say('Deliver')),
  ],
  [
    /(CheckpointLoader|UNETLoader|DiffusionModelLoader|CLIPLoader|VAELoader|DualCLIPLoader)/,
    elsewhere(say('the routing table: graphs name a tier, not a model')),
  ],
  [
    /^(VAEDecode|VAEEncode|SamplerSelect|KSamplerSelect|.*Scheduler|ModelSampling.*)/,
    elsewhere(say('inside Image: the provider does it')),
  ],
  [/^(Note|MarkdownNote)$/, elsewhere(say('a note on the canvas'))],
  [/^(Reroute|Reroute \(rgthree\))$/, elsewhere(say('a reroute point on the wire'))],
];
/** What does the same here as a type of nodes; nothing where nothing does. */
export const counterpartOf = (type: string): Pick<ForeignNode, 'counterpart'> => {
  const found = COUNTERPARTS.find(([pattern]) => pattern.test(type))?.[1];
  return found ? { counterpart: found } : {};
};

export function readComfyUi(text: string): Result<ForeignGraph> {
  const read = readWorkflowJson(text, 'as drawn');
  if (!read.ok) return read;
  return ok(drawingOf(read.value));
}
/** `raw`: as `readWorkflowJson` gives it. */
export const drawingOf = (raw: Loose): ForeignGraph => (isOfEditor(raw) ? fromEditor(raw) : fromApi(raw));

const short = (value: unknown, most = 60): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};
const plain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const isIndex = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
/** Pairs are lists in most files and records with the keys 0 and 1 in some. */
function pair(value: unknown, otherwise: readonly [number, number]): [number, number] {
  const at = (key: number) =>
    Array.isArray(value) ? (value as unknown[])[key] : isRecord(value) ? value[String(key)] : undefined;
  const number = (one: unknown, usual: number) => within(finite(one, usual));
  return [number(at(0), otherwise[0]), number(at(1), otherwise[1])];
}

/** Room between a workflow and the subgraphs drawn below it, and above each for its name. */
const GAP = 160;
const HEAD = 60;

/** Ids are numbers or texts; whatever else stands there is taken by its JSON. */
const idOf = (one: Loose): string => short(one['id'] ?? '', 200);

/** The workflow, and below it the inside of each subgraph it defines. */
function fromEditor(raw: Loose): ForeignGraph {
  const definitions = subgraphsOf(raw);
  const names = new Map(definitions.map((one) => [idOf(one), short(one['name'] ?? 'Subgraph', 100)]));
  const parts = [boardOf(raw, '', names), ...definitions.map((one) => boardOf(one, `${idOf(one)}/`, names))];
  const rectsOf = ({ nodes }: Pick<ForeignGraph, 'nodes'>) =>
    nodes.map(({ position, size }) => ({ ...position, ...size }));
  const left = boundsOf(rectsOf(parts[0]!))?.x ?? 0;
  let below = 0;
  const placed = parts.map((part, at) => {
    const bounds = boundsOf([...rectsOf(part), ...part.groups.map(({ rect }) => rect)]) ?? {
      x: 0,
      y: 0,
      width: 0,
      height: 0,
    };
    if (at === 0) below = bounds.y + bounds.height;
    if (at === 0 || part.nodes.length === 0) return part;
    const by = { x: left - bounds.x, y: below + GAP - bounds.y };
    below += GAP + bounds.height;
    const frame = {
      title: names.get(idOf(definitions[at - 1]!))!,
      rect: {
        x: bounds.x + by.x - HEAD / 2,
        y: bounds.y + by.y - HEAD,
        width: bounds.width + HEAD,
        height: bounds.height + HEAD * 1.5,
      },
    };
    const moved = <T extends Point>(one: T): T => ({ ...one, x: one.x + by.x, y: one.y + by.y });
    return {
      nodes: part.nodes.map((one) => ({ ...one, position: moved(one.position) })),
      wires: part.wires,
      groups: [frame, ...part.groups.map(({ title, rect }) => ({ title, rect: moved(rect) }))],
    };
  });
  return {
    nodes: placed.flatMap(({ nodes }) => nodes),
    wires: placed.flatMap(({ wires }) => wires),
    groups: placed.flatMap(({ groups }) => groups),
    subgraphs: definitions.length,
  };
}

/** Where a subgraph's inside meets its outside; its links end there. */
const BORDERS = [
  ['inputNode', 'Inputs', say('the inputs of a component')],
  ['outputNode', 'Outputs', say('the outputs of a component')],
] as const;
const rectIn = (bounding: unknown): [number, number, number, number] =>
  [0, 1, 2, 3].map((at) => within(finite(Array.isArray(bounding) ? bounding[at] : undefined, 100))) as [
    number,
    number,
    number,
    number,
  ];

/** One canvas of a workflow. `subgraphs`: names by id, which is the type of the nodes that stand for them. */
function boardOf(raw: Loose, prefix: string, subgraphs: ReadonlyMap<string, string>): Omit<ForeignGraph, 'subgraphs'> {
  const nodes = listOf(raw['nodes']).flatMap((item, index): ForeignNode[] => {
    if (!isRecord(item) || typeof item['type'] !== 'string') return [];
    const [x, y] = pair(item['pos'], [index * 260, 0]);
    const [width, height] = pair(item['size'], [210, 90]);
    const widgets = Array.isArray(item['widgets_values'])
      ? (item['widgets_values'] as unknown[])
      : Object.values(isRecord(item['widgets_values']) ? item['widgets_values'] : {});
    const subgraph = subgraphs.get(item['type']);
    const type = subgraph ?? short(item['type'], 100);
    const counterpart = subgraph ? { counterpart: elsewhere(say('a component')) } : counterpartOf(type);
    return [
      {
        id: prefix + idOf(item),
        type,
        title: typeof item['title'] === 'string' && item['title'] ? short(item['title'], 100) : type,
        position: { x, y },
        size: { width: Math.max(60, width), height: Math.max(40, height) },
        settings: widgets
          .filter(plain)
          .slice(0, 8)
          .map((value) => short(value)),
        ...counterpart,
      },
    ];
  });
  for (const [name, title, words] of BORDERS) {
    const border = raw[name];
    if (!isRecord(border)) continue;
    const [x, y, width, height] = rectIn(border['bounding']);
    nodes.push({
      id: prefix + idOf(border),
      type: title,
      title,
      position: { x, y },
      size: { width, height },
      settings: [],
      counterpart: elsewhere(words),
    });
  }
  const known = new Set(nodes.map(({ id }) => id));
  const wires = listOf(raw['links']).flatMap((link) => {
    const [from, to, kind] = Array.isArray(link)
      ? ([link[1], link[3], link[5]] as unknown[])
      : isRecord(link)
        ? [link['origin_id'], link['target_id'], link['type']]
        : [];
    return isIndex(from) && isIndex(to) && known.has(prefix + String(from)) && known.has(prefix + String(to))
      ? [{ from: prefix + String(from), to: prefix + String(to), kind: short(kind ?? '', 40) }]
      : [];
  });
  const groups = listOf(raw['groups']).flatMap((group) => {
    const bounding = isRecord(group) ? group['bounding'] : undefined;
    if (!isRecord(group) || !Array.isArray(bounding)) return [];
    const [x, y, width, height] = rectIn(bounding);
    return [{ title: short(group['title'] ?? '', 100), rect: { x, y, width, height } }];
  });
  return { nodes, wires, groups };
}

/**
 * How many steps each node is from the first one it needs; each wire is walked once, those that close a circle never.
 */
function columnsOf(ids: ReadonlySet<string>, wires: ForeignGraph['wires']): ReadonlyMap<string, number> {
  const circular = closing(wires.map(({ from, to }) => [from, to]));
  const column = new Map<string, number>();
  const waits = new Map<string, number>();
  const after = new Map<string, string[]>();
  for (const [at, { from, to }] of wires.entries()) {
    if (circular.has(at)) continue;
    waits.set(to, (waits.get(to) ?? 0) + 1);
    const list = after.get(from);
    if (list) list.push(to);
    else after.set(from, [to]);
  }
  const ready = [...ids].filter((id) => !waits.has(id));
  // The list grows while it is walked: what nothing is missing for any more is next.
  for (const id of ready) {
    const here = column.get(id) ?? 0;
    column.set(id, here);
    for (const to of after.get(id) ?? []) {
      column.set(to, Math.max(column.get(to) ?? 0, here + 1));
      waits.set(to, waits.get(to)! - 1);
      if (waits.get(to) === 0) ready.push(to);
    }
  }
  return column;
}

/** The API's format has no places: nodes stand in columns, each to the right of what it needs. */
function fromApi(raw: Loose): ForeignGraph {
  const entries = Object.entries(raw).filter((entry): entry is [string, Loose] => isRecord(entry[1]));
  const known = new Set(entries.map(([id]) => id));
  const isLink = (value: unknown): value is [string | number] =>
    Array.isArray(value) && isIndex(value[0]) && known.has(String(value[0]));
  const wires = entries.flatMap(([id, node]) =>
    Object.entries(apiInputsOf(node)).flatMap(([name, value]) =>
      isLink(value) ? [{ from: String(value[0]), to: id, kind: short(name, 40) }] : [],
    ),
  );
  const column = columnsOf(known, wires);
  const filled = new Map<number, number>();
  const nodes = entries.map(([id, node]): ForeignNode => {
    const at = Math.min(column.get(id)!, 200);
    const row = filled.get(at) ?? 0;
    filled.set(at, row + 1);
    const type = typeof node['class_type'] === 'string' ? short(node['class_type'], 100) : '?';
    const meta = node['_meta'];
    const title = isRecord(meta) && typeof meta['title'] === 'string' ? short(meta['title'], 100) : type;
    const settings = Object.entries(apiInputsOf(node))
      .filter(([, value]) => plain(value))
      .slice(0, 8);
    return {
      id,
      type,
      title,
      position: { x: at * 300, y: row * 150 },
      size: { width: 220, height: 110 },
      settings: settings.map(([name, value]) => `${short(name, 30)}: ${short(value)}`),
      ...counterpartOf(type),
    };
  });
  return { nodes, wires, groups: [], subgraphs: 0 };
}
