/** A menu at a point: arrows, Home, End and first letters go through it, Escape and Tab leave it. */
import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { Point } from '../../graph/graph.ts';
import { keepBesideOnceLoaded } from '../beside-later.ts';
import { useReturningFocus } from '../focus.ts';
import { comboInWords, keyOf } from '../keys.ts';
import './menu.css';

export interface MenuItem {
  readonly label: string;
  /** As `comboOf` writes it. */
  readonly keys?: string | undefined;
  /** Drawn before the label. */
  readonly mark?: ReactNode;
  readonly disabled?: boolean;
  readonly isDangerous?: boolean;
  run(): void;
}
/** What belongs together; a line is drawn between groups. */
export type MenuGroup = readonly MenuItem[];

export function Menu({
  label,
  at,
  groups,
  onClose,
}: {
  readonly label: string;
  readonly at: Point;
  readonly groups: readonly MenuGroup[];
  readonly onClose: () => void;
}) {
  const menu = useRef<HTMLDivElement>(null);
  useReturningFocus();
  useLayoutEffect(() => {
    menu.current!.showPopover();
    menu.current!.focus();
    return keepBesideOnceLoaded(at, menu.current!, { placement: 'right-start', gap: 2 });
  }, [at]);
  const items = () => [...menu.current!.querySelectorAll<HTMLElement>('[role=menuitem]:not([aria-disabled=true])')];
  const onKeyDown = (event: KeyboardEvent) => {
    const key = keyOf(event);
    const all = items();
    const now = all.indexOf(window.document.activeElement as HTMLElement);
    const begins = (item: HTMLElement) => item.textContent!.toLowerCase().startsWith(key.toLowerCase());
    const next =
      key === 'ArrowDown'
        ? all[(now + 1) % all.length]
        : key === 'ArrowUp'
          ? all.at(now <= 0 ? -1 : now - 1)
          : key === 'Home'
            ? all[0]
            : key === 'End'
              ? all.at(-1)
              : key.length === 1 && key !== ' '
                ? [...all.slice(now + 1), ...all.slice(0, now + 1)].find(begins)
                : undefined;
    if (key === 'Escape' || key === 'Tab') onClose();
    else if (next) next.focus();
    else if (key === 'Enter' || key === ' ') return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={menu}
      className="menu"
      popover="manual"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      style={{ left: at.x, top: at.y }}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && onClose()}
    >
      {groups
        .filter((group) => group.length > 0)
        .map((group, nth) => (
          <div key={nth} role="group" className="menu__group">
            {group.map(({ label: name, mark, keys, disabled, isDangerous, run }) => (
              <button
                key={name}
                type="button"
                role="menuitem"
                tabIndex={-1}
                aria-disabled={disabled ?? false}
                data-danger={isDangerous}
                onPointerMove={(event) => !disabled && event.currentTarget.focus()}
                onClick={() => {
                  if (disabled) return;
                  onClose();
                  run();
                }}
              >
                {mark}
                <span>{name}</span>
                {keys && <kbd>{comboInWords(keys)}</kbd>}
              </button>
            ))}
          </div>
        ))}
    </div>
  );
}
