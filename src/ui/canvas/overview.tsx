/**
 * Below reading zoom a large graph is drawn on one canvas, larger than the stage. Panning and zooming only move that
 * canvas;
 * it is drawn anew when they rest, or leave what was drawn.
 */
import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useApp, useFact } from '../app-context.ts';
import { pictureIn } from '../media.tsx';
import { flatId, outputsOf, statusAt } from '../node-facts.ts';
import { OverviewHands } from './overview-hands.tsx';
import { coloursOf, paintBoard } from './painted-board.ts';
import { cardsOf } from './shown-shapes.ts';
import { smallCopyOf, thumbnails } from './thumbnails.ts';
import { t } from '../../words/t.ts';
import './overview.css';

/** How much is drawn beyond each side of the stage, in stages. */
const BEYOND = 0.5;
const REST_MS = 140;
/** Stretched further than this it looks coarse, and is drawn anew at once. */
const COARSE = 1.7;
const THUMB = 160;

type Transform = readonly [x: number, y: number, zoom: number];

export default function Overview() {
  const app = useApp();
  const { document, runs, workspace, urls } = app;
  const board = useFact(document, (state) => state.board);
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const pictures = useRef<ReturnType<typeof thumbnails<ImageBitmap>>>(undefined);
  /** Asks for another drawing, from whatever draws now. */
  const redraw = useRef(() => {});

  // Beside the drawing: an edit begins a new drawing, but no picture is decoded again for it.
  useEffect(() => {
    const kept = (pictures.current = thumbnails(
      (hash) => smallCopyOf(urls, hash, THUMB),
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
      paintBoard(
        target.getContext('2d')!,
        {
          board,
          cards: cardsOf(app),
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
  }, [app, board, document, runs, store, urls, workspace]);

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
