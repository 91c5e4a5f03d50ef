/**
 * Arrow keys within a group of which one is chosen: radio buttons, swatches, tabs. One stop for Tab, as WAI-ARIA
 * describes.
 */
import type { KeyboardEvent } from 'react';
import { keyOf } from '../keys.ts';

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** For the group: the arrows, Home and End choose another of its members and take the focus along. */
export function rove(event: KeyboardEvent<HTMLElement>): void {
  const key = keyOf(event);
  const members = [
    ...event.currentTarget.querySelectorAll<HTMLButtonElement>('[role=radio]:enabled, [role=tab]:enabled'),
  ];
  const at = members.indexOf(event.target as HTMLButtonElement);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = STEPS[key];
  const next =
    step !== undefined
      ? members.at((at + step) % members.length)
      : key === 'Home'
        ? members[0]
        : key === 'End'
          ? members.at(-1)
          : undefined;
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}

/** The chosen member is where Tab stops; the first one while none is chosen. */
export const stopAt = (chosen: boolean, at: number, anyChosen: boolean): 0 | -1 =>
  chosen || (!anyChosen && at === 0) ? 0 : -1;
