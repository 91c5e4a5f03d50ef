/**
 * Cutting wires: Alt and drag over the empty canvas, or Ctrl and drag with the right button; every wire crossed is
 * gone.
 */
import { useReactFlow } from '@xyflow/react';
import {
  useState,
  type MouseEvent as ReactMouseEvent,
  type PointerEvent as ReactPointerEvent,
  type ReactNode,
} from 'react';
import { disconnect } from '../../graph/edits.ts';
import { wireEntries, type Point } from '../../graph/graph.ts';
import { crosses } from '../../graph/wire-shape.ts';
import { useApp } from '../app-context.ts';
import { keyOf } from '../keys.ts';
import { wireCurves } from './places.ts';
import { cardsOf } from './shown-shapes.ts';
import { say } from '../../core/say.ts';
import './cutting.css';

interface Cutting {
  readonly handlers: {
    onPointerDownCapture(event: ReactPointerEvent): void;
    onMouseDownCapture(event: ReactMouseEvent): void;
    onContextMenu(event: ReactMouseEvent): void;
  };
  readonly line: ReactNode;
}

const begins = (event: ReactMouseEvent | ReactPointerEvent): boolean =>
  (event.target as Element).classList.contains('react-flow__pane') &&
  ((event.altKey && event.button === 0) || ((event.ctrlKey || event.metaKey) && event.button === 2));

export function useCutting(): Cutting {
  const app = useApp();
  const { document } = app;
  const { screenToFlowPosition } = useReactFlow();
  const [cut, setCut] = useState<{ readonly from: Point; readonly to: Point }>();

  function start(event: ReactPointerEvent): void {
    if (!begins(event) || document.getState().readOnly) return;
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    const at = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) => ({
      x: clientX - box.left,
      y: clientY - box.top,
    });
    const [from, origin] = [at(event), screenToFlowPosition({ x: event.clientX, y: event.clientY })];
    setCut({ from, to: from });
    const listening = new AbortController();
    const stop = () => {
      listening.abort();
      setCut(undefined);
    };
    window.addEventListener('pointermove', (moved) => setCut({ from, to: at(moved) }), { signal: listening.signal });
    window.addEventListener('keydown', (pressed) => keyOf(pressed) === 'Escape' && stop(), {
      signal: listening.signal,
    });
    window.addEventListener(
      'pointerup',
      (released) => {
        stop();
        const end = screenToFlowPosition({ x: released.clientX, y: released.clientY });
        const { board } = document.getState();
        const cards = cardsOf(app);
        const crossed = wireEntries(board)
          .map(([id]) => id)
          .filter((id) => crosses(wireCurves(board, cards, id), origin, end));
        if (crossed.length)
          document.edit(crossed.length === 1 ? 'Cut a wire' : say('Cut {0} {0|wire|wires}', crossed.length), (draft) =>
            disconnect(draft, crossed),
          );
      },
      { signal: listening.signal },
    );
  }

  return {
    handlers: {
      onPointerDownCapture: start,
      onMouseDownCapture: (event) => begins(event) && event.stopPropagation(),
      onContextMenu: (event) => (event.ctrlKey || event.metaKey) && event.preventDefault(),
    },
    line: cut && (
      <svg className="cut" aria-hidden>
        <line x1={cut.from.x} y1={cut.from.y} x2={cut.to.x} y2={cut.to.y} />
      </svg>
    ),
  };
}
