/** Pictures for the steps of a lesson, as addresses that hold them: a few hundred pixels, so that the file stays small. */
import type { NodeId } from '../../core/ids.ts';
import type { Registry } from '../../core/node.ts';
import type { Graph } from '../../graph/graph.ts';
import { nodeIds } from '../../graph/graph.ts';
import { boundsOf } from '../../graph/rect.ts';
import { coloursOf, paintBoard } from '../canvas/painted-board.ts';
import { rectsOf } from '../canvas/places.ts';
import { cardsWithoutResults } from '../canvas/shown-shapes.ts';
import { titleOf } from '../connections.ts';

/** Pixels along the longer side, where no other number is asked for. */
const LONGEST = 640;
const QUALITY = 0.85;
/** Around a graph, in pixels of the canvas. */
const MARGIN = 24;

/** Rejects where the address leads nowhere any more. */
export async function pictureOfImage(url: string, longest = LONGEST): Promise<string> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return drawn(image, image.naturalWidth, image.naturalHeight, longest);
}

/** Its first frame. */
export async function pictureOfClip(url: string, longest = LONGEST): Promise<string> {
  const clip = document.createElement('video');
  clip.muted = true;
  clip.src = url;
  await new Promise((resolve, reject) => {
    clip.onloadeddata = resolve;
    clip.onerror = reject;
  });
  return drawn(clip, clip.videoWidth, clip.videoHeight, longest);
}

/** Its cards with their titles, in the colours of the page. */
export async function pictureOfGraph(graph: Graph, registry: Registry): Promise<string | undefined> {
  const ids = nodeIds(graph);
  const box = boundsOf(Object.values(rectsOf(graph, cardsWithoutResults(graph, registry), ids)));
  if (!box) return undefined;
  const [wide, high] = [box.width + 2 * MARGIN, box.height + 2 * MARGIN];
  const zoom = Math.min(1, LONGEST / Math.max(wide, high));
  const canvas = sized(wide * zoom, high * zoom);
  const context = canvas.getContext('2d')!;
  const [x, y] = [(MARGIN - box.x) * zoom, (MARGIN - box.y) * zoom];
  const colours = coloursOf(document.body.firstElementChild!);
  paintBoard(
    context,
    {
      board: graph,
      cards: cardsWithoutResults(graph, registry),
      status: () => 'idle',
      chosen: new Set(),
      colours,
      picture: () => undefined,
    },
    { scale: 1, zoom, x, y, wide: canvas.width, high: canvas.height },
  );
  context.setTransform(zoom, 0, 0, zoom, x, y);
  context.font = `600 20px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = colours('surface');
  for (const id of ids) writeTitle(context, graph, registry, id);
  return asAddress(canvas);
}
function writeTitle(context: CanvasRenderingContext2D, graph: Graph, registry: Registry, id: NodeId): void {
  const { x, y } = graph.nodes[id]!.position;
  context.fillText(titleOf(graph, registry, id), x + 10, y + 24, 212);
}

function drawn(source: CanvasImageSource, width: number, height: number, longest: number): string {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = sized(width * scale, height * scale);
  canvas.getContext('2d')!.drawImage(source, 0, 0, canvas.width, canvas.height);
  return asAddress(canvas);
}
function sized(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  return canvas;
}
/** A browser that cannot write WebP writes PNG. */
const asAddress = (canvas: HTMLCanvasElement): string => canvas.toDataURL('image/webp', QUALITY);
