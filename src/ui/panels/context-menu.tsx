/** The commands that fit what is below the pointer or has the keyboard: by the right button, the menu key, a long press. */
import { useReactFlow } from '@xyflow/react';
import { useEffect, useState } from 'react';
import type { Point } from '../../graph/graph.ts';
import { useApp } from '../app-context.ts';
import { isField, isTextSelected } from '../focus.ts';
import { Menu } from '../widgets/menu.tsx';
import { menuFor, type MenuContent } from './menu-content.ts';

/** How long a finger rests until a menu opens, in milliseconds, and how far it may stray, in pixels. */
const LONG_PRESS = { ms: 550, stray: 10 };
const WHERE = '.stage .react-flow, .strip__takes';

interface OpenMenu extends MenuContent {
  readonly at: Point;
}

export function ContextMenu() {
  const app = useApp();
  const flow = useReactFlow();
  const [open, setOpen] = useState<OpenMenu>();
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    let isTouched = false;
    const show = (target: EventTarget | null, at: Point): boolean => {
      if (!(target instanceof Element) || !target.closest(WHERE)) return false;
      if (isField(target) || isTextSelected()) return false;
      const content = menuFor(app, flow, target, at);
      if (!content) return false;
      // The finger that opened it is still there: lifting it is no click.
      if (isTouched)
        window.addEventListener('touchend', (event) => event.preventDefault(), {
          once: true,
          passive: false,
          capture: true,
        });
      setOpen({ ...content, at });
      return true;
    };
    const onContextMenu = (event: MouseEvent) => {
      // Ctrl with the right button cuts wires.
      if (event.button === 2 && (event.ctrlKey || event.metaKey)) return;
      const target = event.target as Element;
      // The menu key says no place, or that of what has the focus.
      const box = target.getBoundingClientRect();
      const isByKey = event.button !== 2 && event.clientX === 0 && event.clientY === 0;
      const at = isByKey ? { x: box.left + 8, y: box.top + 8 } : { x: event.clientX, y: event.clientY };
      if (show(target, at)) event.preventDefault();
    };
    /** Browsers on phones of one maker tell of no long press. */
    const onPointerDown = (event: PointerEvent) => {
      isTouched = event.pointerType === 'touch';
      if (!isTouched || !event.isPrimary) return;
      const { target, clientX: x, clientY: y } = event;
      const pressing = new AbortController();
      const timer = setTimeout(() => show(target, { x, y }), LONG_PRESS.ms);
      const end = () => {
        clearTimeout(timer);
        pressing.abort();
      };
      const onMove = (moved: PointerEvent) =>
        Math.hypot(moved.clientX - x, moved.clientY - y) > LONG_PRESS.stray && end();
      window.addEventListener('pointermove', onMove, { signal: pressing.signal });
      for (const type of ['pointerup', 'pointercancel', 'contextmenu'] as const)
        window.addEventListener(type, end, { signal: pressing.signal });
      signal.addEventListener('abort', end, { signal: pressing.signal });
    };
    window.addEventListener('contextmenu', onContextMenu, { signal });
    window.addEventListener('pointerdown', onPointerDown, { signal });
    return () => listening.abort();
  }, [app, flow]);
  if (!open) return null;
  return (
    <Menu
      key={`${open.at.x} ${open.at.y}`}
      label={open.label}
      at={open.at}
      groups={open.groups}
      onClose={() => setOpen(undefined)}
    />
  );
}
