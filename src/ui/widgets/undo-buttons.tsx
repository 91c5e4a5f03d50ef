/** Undo and redo beside each other, wherever something is edited. */
import { Redo2, Undo2 } from 'lucide-react';
import { tip } from './tip.ts';
import { t } from '../../words/t.ts';

interface Way {
  /** What a click does, or why there is nothing to do. */
  readonly says: string;
  readonly isThere: boolean;
  readonly go: () => void;
}

/** `isQuiet`: without a border, in a bar of such buttons. */
export function UndoButtons({
  undo,
  redo,
  isQuiet = false,
}: {
  readonly undo: Way;
  readonly redo: Way;
  readonly isQuiet?: boolean;
}) {
  const ways = [
    { name: t('Undo'), Icon: Undo2, ...undo },
    { name: t('Redo'), Icon: Redo2, ...redo },
  ];
  return ways.map(({ name, Icon, says, isThere, go }) => (
    <button
      key={name}
      className={`button button--icon${isQuiet ? ' button--quiet' : ''}`}
      type="button"
      aria-label={name}
      {...tip(says)}
      disabled={!isThere}
      onClick={go}
    >
      <Icon size={16} aria-hidden />
    </button>
  ));
}
