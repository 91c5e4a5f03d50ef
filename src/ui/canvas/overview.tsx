/**
 * Below reading zoom a large graph is drawn on one canvas, larger than the stage. Panning and zooming only move that
 * canvas;
 * it is drawn anew when they rest, or leave what was drawn.
 */
import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { MARK_COLOURS, wireEntries, type Board } from '../../graph/graph.ts';
import type { ArtifactHash, FrameId, NodeId } from '../../core/ids.ts';
import { A_KIND } from '../../graph/connect.ts';
import { folderOf, framesInOrder } from '../../graph/marks.ts';
import { LAYERS, type Registry } from '../../core/node.ts';
import type { Status } from '../../state/runs.ts';
import { useApp, useFact } from '../app-context.ts';
import type { MediaUrls } from '../commands.ts';
import { pictureIn } from '../media.tsx';
import { flatId, outputsOf, statusAt } from '../node-facts.ts';
import { CARD_WIDTH, cardShape, showsPicture, PREVIEW_HEIGHT } from './card-size.ts';
import { OverviewHands } from './overview-hands.tsx';
import { FOLDED, wireCurves } from './places.ts';
import { thumbnails } from './thumbnails.ts';
import { t } from '../../words/t.ts';
import './overview.css';

/** How much is drawn beyond each side of the stage, in stages. */
const BEYOND = 0.5;
const REST_MS = 140;
/** Stretched further than this it looks coarse, and is drawn anew at once. */
const COARSE = 1.7;
/** A card narrower than this on screen shows no picture. */
const PICTURE_FROM = 12;
const THUMB = 160;

type Transform = readonly [x: number, y: number, zoom: number];

export default function Overview() {
  const { document, runs, registry, workspace, urls } = useApp();
  const board = useFact(document, (state) => state.board);
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const pictures = useRef<ReturnType<typeof thumbnails<ImageBitmap>>>(undefined);
  /** Asks for another drawing, from whatever draws now. */
  const redraw = useRef(() => {});

  // Beside the drawing: an edit begins a new drawing, but no picture is decoded again for it.
  useEffect(() => {
    const kept = (pictures.current = thumbnails(
      (hash) => decoded(urls, hash),
      () => redraw.current(),
    ));
    redraw.current();
    return () => {
      pictures.current = undefined;
      kept.close();
    };
  }, [urls]);

  useEffect(() => {
    const target = canvas.current!;
    redraw.current = () => later(REST_MS);
    let drawn: Transform | undefined;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const size = () => ({ width: store.getState().width, height: store.getState().height });

    function draw(): void {
      clearTimeout(waiting);
      waiting = undefined;
      const { width, height } = size();
      const [x, y, zoom] = store.getState().transform;
      const scale = window.devicePixelRatio || 1;
      const [wide, high] = [Math.ceil(width * (1 + 2 * BEYOND)), Math.ceil(height * (1 + 2 * BEYOND))];
      // A canvas has whole pixels; at other ratios than whole ones it would be made anew for each drawing.
      const [columns, rows] = [Math.round(wide * scale), Math.round(high * scale)];
      if (target.width !== columns || target.height !== rows) {
        target.width = columns;
        target.height = rows;
        Object.assign(target.style, { width: `${wide}px`, height: `${high}px` });
      }
      drawn = [x, y, zoom];
      const { selection, selectedMarks } = workspace.getState();
      paint(
        target.getContext('2d')!,
        {
          board,
          registry,
          status: (id) => statusAt(document.getState().graph, runs.getState(), flatId({ document }, id)),
          chosen: new Set<string>([...selection, ...selectedMarks]),
          colours: coloursOf(target),
          picture: (id) => {
            const value = pictureIn(outputsOf(document.getState().graph, runs.getState(), flatId({ document }, id)));
            return value?.kind === 'image' ? pictures.current?.get(value.hash) : undefined;
          },
        },
        { scale, zoom, x: x + width * BEYOND, y: y + height * BEYOND, wide, high },
      );
      move();
    }
    function move(): void {
      if (!drawn) return draw();
      const { width, height } = size();
      const [x, y, zoom] = store.getState().transform;
      const stretch = zoom / drawn[2];
      const [left, top] = [x - (drawn[0] + width * BEYOND) * stretch, y - (drawn[1] + height * BEYOND) * stretch];
      const covers =
        left <= 0 &&
        top <= 0 &&
        left + width * (1 + 2 * BEYOND) * stretch >= width &&
        top + height * (1 + 2 * BEYOND) * stretch >= height;
      if (!covers || stretch > COARSE || stretch < 1 / COARSE) return draw();
      target.style.transform = `translate(${left}px, ${top}px) scale(${stretch})`;
      if (stretch !== 1) later(REST_MS);
    }
    function later(ms: number): void {
      clearTimeout(waiting);
      waiting = setTimeout(draw, ms);
    }

    draw();
    let before = store.getState();
    const leave = [
      store.subscribe((state) => {
        if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height)
          move();
        before = state;
      }),
      runs.subscribe(() => (waiting ??= setTimeout(draw, REST_MS))),
      workspace.subscribe((state, old) => (state.selection !== old.selection || state.view !== old.view) && later(0)),
    ];
    return () => {
      clearTimeout(waiting);
      redraw.current = () => {};
      for (const stop of leave) stop();
    };
  }, [board, document, registry, runs, store, urls, workspace]);

  return (
    <>
      <canvas
        ref={canvas}
        className="overview"
        role="img"
        aria-label={t('Overview of {0} {0|node|nodes}. Double click to come closer.', Object.keys(board.nodes).length)}
      />
      <OverviewHands board={board} />
    </>
  );
}

interface Scene {
  readonly board: Board;
  readonly registry: Registry;
  /** An instance's is that of all nodes inside. */
  status(id: NodeId): Status;
  readonly chosen: ReadonlySet<string>;
  readonly colours: (name: string) => string;
  picture(id: NodeId): ImageBitmap | undefined;
}
interface Window {
  /** Device pixels in one of the page's. */
  readonly scale: number;
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly high: number;
}

function paint(
  context: CanvasRenderingContext2D,
  { board, registry, status, chosen, colours, picture }: Scene,
  { scale, zoom, x, y, wide, high }: Window,
): void {
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
        Math.abs(from.position.x - to.position.x) + CARD_WIDTH * 2,
        Math.abs(from.position.y - to.position.y) + CARD_WIDTH * 2,
      )
    )
      continue;
    const folder = folderOf(board, wire.from.node);
    if (folder && folder === folderOf(board, wire.to.node)) continue;
    const kind = registry.get(from.type)?.outputs[wire.from.socket]?.kind ?? 'file';
    let path = wires.get(kind);
    if (!path) wires.set(kind, (path = new Path2D()));
    for (const [a, b, c, d] of wireCurves(board, registry, id)) {
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
    const { height } = cardShape(node, definition);
    if (!seen(node.position, CARD_WIDTH, height)) continue;
    const { x: at, y: from } = node.position;
    context.globalAlpha = node.muted || node.off ? 0.4 : 1;
    context.fillStyle = colours('surface');
    context.fillRect(at, from, CARD_WIDTH, height);
    context.fillStyle = colours(definition?.layer ?? 'text-3');
    context.fillRect(at, from, CARD_WIDTH, 34);
    const shown = definition && showsPicture(definition) && CARD_WIDTH * zoom >= PICTURE_FROM ? picture(id) : undefined;
    if (shown) {
      const room = { width: CARD_WIDTH - 20, height: PREVIEW_HEIGHT };
      const fit = Math.min(room.width / shown.width, room.height / shown.height);
      const [width, tall] = [shown.width * fit, shown.height * fit];
      context.drawImage(
        shown,
        at + 10 + (room.width - width) / 2,
        from + height - PREVIEW_HEIGHT - 10 + (room.height - tall) / 2,
        width,
        tall,
      );
    }
    const now = status(id);
    const edge = chosen.has(id) ? 'accent' : (EDGES[now] ?? 'line-strong');
    context.strokeStyle = colours(edge);
    context.lineWidth = edge === 'line-strong' ? line / 2 : line;
    context.strokeRect(at, from, CARD_WIDTH, height);
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
function coloursOf(element: Element): (name: string) => string {
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

/** A small copy of a picture; none where it is gone. */
async function decoded(urls: MediaUrls, hash: ArtifactHash): Promise<ImageBitmap | undefined> {
  const held = urls.hold(hash);
  try {
    const url = await held.url;
    const blob = url && (await (await fetch(url)).blob());
    return blob ? await createImageBitmap(blob, { resizeWidth: THUMB, resizeQuality: 'medium' }) : undefined;
  } finally {
    held.release();
  }
}
