/** A board on a canvas, as it looks from far: cards in the colours of their layers, wires, frames, pictures. */
import { A_KIND } from '../../graph/connect.ts';
import { MARK_COLOURS, wireEntries, type Board } from '../../graph/graph.ts';
import type { FrameId, NodeId } from '../../core/ids.ts';
import { WIDEST_CARD } from '../../core/limits.ts';
import { folderOf, framesInOrder } from '../../graph/marks.ts';
import { LAYERS } from '../../core/node.ts';
import type { Status } from '../../state/runs.ts';
import { CARD_HEAD } from './card-size.ts';
import { FOLDED, shapeOf, wireCurves } from './places.ts';
import type { Cards } from './shown-shapes.ts';

/** A card narrower than this on screen shows no picture. */
const PICTURE_FROM = 12;

interface Scene {
  readonly board: Board;
  readonly cards: Cards;
  /** An instance's is that of all nodes inside. */
  status(id: NodeId): Status;
  readonly chosen: ReadonlySet<string>;
  readonly colours: (name: string) => string;
  picture(id: NodeId): ImageBitmap | undefined;
}
/** The part of the canvas that is drawn. */
interface Window {
  /** Device pixels in one of the page's. */
  readonly scale: number;
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly high: number;
}

export function paintBoard(
  context: CanvasRenderingContext2D,
  { board, cards, status, chosen, colours, picture }: Scene,
  { scale, zoom, x, y, wide, high }: Window,
): void {
  const { registry } = cards;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, wide * scale, high * scale);
  context.setTransform(zoom * scale, 0, 0, zoom * scale, x * scale, y * scale);
  const [left, top, right, bottom] = [-x / zoom, -y / zoom, (wide - x) / zoom, (high - y) / zoom];
  const seen = (at: { readonly x: number; readonly y: number }, width: number, height: number) =>
    at.x < right && at.y < bottom && at.x + width > left && at.y + height > top;

  for (const [id, frame] of framesInOrder(board)) {
    if (folderOf(board, id)) continue;
    const { width, height } = frame.collapsed ? FOLDED : frame.size;
    if (!seen(frame.position, width, height)) continue;
    context.fillStyle = colours(`m-${frame.colour}`);
    context.globalAlpha = chosen.has(id) ? 0.4 : 0.2;
    context.fillRect(frame.position.x, frame.position.y, width, height);
    context.globalAlpha = 1;
  }

  const wires = new Map<string, Path2D>();
  for (const [id, wire] of wireEntries(board)) {
    const [from, to] = [board.nodes[wire.from.node], board.nodes[wire.to.node]];
    if (!from || !to) continue;
    const corner = { x: Math.min(from.position.x, to.position.x), y: Math.min(from.position.y, to.position.y) };
    if (
      !seen(
        corner,
        Math.abs(from.position.x - to.position.x) + WIDEST_CARD,
        Math.abs(from.position.y - to.position.y) + WIDEST_CARD,
      )
    )
      continue;
    const folder = folderOf(board, wire.from.node);
    if (folder && folder === folderOf(board, wire.to.node)) continue;
    const kind = registry.get(from.type)?.outputs[wire.from.socket]?.kind ?? 'file';
    let path = wires.get(kind);
    if (!path) wires.set(kind, (path = new Path2D()));
    for (const [a, b, c, d] of wireCurves(board, cards, id)) {
      path.moveTo(a.x, a.y);
      path.bezierCurveTo(b.x, b.y, c.x, c.y, d.x, d.y);
    }
  }
  context.lineWidth = Math.max(2, 0.8 / zoom);
  for (const [kind, path] of wires) {
    context.strokeStyle = colours(`k-${kind}`);
    context.stroke(path);
  }

  for (const note of Object.values(board.notes)) {
    if (!seen(note.position, note.size.width, note.size.height)) continue;
    context.fillStyle = colours(`m-${note.colour}`);
    context.globalAlpha = 0.5;
    context.fillRect(note.position.x, note.position.y, note.size.width, note.size.height);
    context.globalAlpha = 1;
  }
  const line = Math.max(3, 1.5 / zoom);
  for (const [key, node] of Object.entries(board.nodes)) {
    const id = key as NodeId;
    if (folderOf(board, id)) continue;
    const definition = registry.get(node.type);
    const { width, height, picture: room } = shapeOf(board, cards, id);
    if (!seen(node.position, width, height)) continue;
    const { x: at, y: from } = node.position;
    context.globalAlpha = node.muted || node.off ? 0.4 : 1;
    context.fillStyle = colours('surface');
    context.fillRect(at, from, width, height);
    context.fillStyle = colours(node.look?.colour ? `m-${node.look.colour}` : (definition?.layer ?? 'text-3'));
    context.fillRect(at, from, width, CARD_HEAD);
    const shown = room !== undefined && width * zoom >= PICTURE_FROM ? picture(id) : undefined;
    if (shown && room !== undefined) {
      // It has the shape of the picture, unless that is taller than any card.
      const fit = Math.min(width / shown.width, room / shown.height);
      const [wide, tall] = [shown.width * fit, shown.height * fit];
      context.drawImage(shown, at + (width - wide) / 2, from + CARD_HEAD + (room - tall) / 2, wide, tall);
    }
    const now = status(id);
    const edge = chosen.has(id) ? 'accent' : (EDGES[now] ?? 'line-strong');
    context.strokeStyle = colours(edge);
    context.lineWidth = edge === 'line-strong' ? line / 2 : line;
    context.strokeRect(at, from, width, height);
  }
  context.globalAlpha = 1;

  // Titles of frames keep their size on screen: they are what one steers by.
  context.setTransform(scale, 0, 0, scale, x * scale, y * scale);
  context.font = `600 13px ${getComputedStyle(window.document.body).fontFamily}`;
  context.fillStyle = colours('text');
  for (const id of Object.keys(board.frames) as FrameId[]) {
    if (folderOf(board, id)) continue;
    const { title, position, size } = board.frames[id]!;
    if (seen(position, size.width, size.height) && size.width * zoom > 60)
      context.fillText(title, position.x * zoom + 6, position.y * zoom + 16, size.width * zoom - 12);
  }
}

const EDGES: Readonly<Partial<Record<Status, string>>> = { failed: 'bad', running: 'accent', waiting: 'warn' };
const COLOURS = [
  'surface',
  'text',
  'text-3',
  'accent',
  'bad',
  'warn',
  'line-strong',
  ...LAYERS,
  ...Object.keys(A_KIND).map((kind) => `k-${kind}`),
  ...MARK_COLOURS.map((colour) => `m-${colour}`),
];
/**
 * Colours as the page resolves them, in the theme it has now: asked all at once, since each question makes the page
 * work out its styles.
 */
export function coloursOf(element: Element): (name: string) => string {
  const probe = window.document.createElement('div');
  probe.hidden = true;
  probe.append(
    ...COLOURS.map((name) => {
      const patch = window.document.createElement('i');
      patch.style.color = `var(--${name})`;
      return patch;
    }),
  );
  element.parentElement!.append(probe);
  const colours = new Map([...probe.children].map((patch, at) => [COLOURS[at]!, getComputedStyle(patch).color]));
  probe.remove();
  return (name) => colours.get(name) ?? 'currentColor';
}
