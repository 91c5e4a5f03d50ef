/** Keyboard commands of the editor. Typing in a field is never taken for one. */
import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { actionsFor, comboOf } from './actions.ts';
import { useApp } from './app-context.ts';
import { goTo } from './navigation.ts';

export function useShortcuts(): void {
  const app = useApp();
  const flow = useReactFlow();
  useEffect(() => {
    const { commands, runs } = app;
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.matches('input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable]') || target.closest('dialog, .finder, .reject') !== null;
      const combo = comboOf(event);
      const action = actionsFor(app, flow).find(({ keys }) => keys.includes(combo));
      // Escape leaves a field; the next key is a command again.
      if (typing && combo === 'escape' && !target.closest('dialog')) target.blur();
      if (!action || (typing && !action.whileTyping)) return;
      // Tab, Space, Enter and arrows keep their meaning on controls and panels; on the canvas they are commands.
      const onControl = target.closest('button, a, input, summary, [role="radio"]') !== null;
      if (/^(shift\+)?(tab|space|enter|arrow\w+)$/.test(combo) && (onControl || target.closest('.side, .library, .topbar, .rail, .strip'))) return;
      if (runs.getState().running && combo === 'escape') return;
      event.preventDefault();
      action.run();
    };
    const seen = () => {
      const { left, top, right, bottom } = document.querySelector('.stage')!.getBoundingClientRect();
      const [from, to] = [flow.screenToFlowPosition({ x: left, y: top }), flow.screenToFlowPosition({ x: right, y: bottom })];
      return { ...from, width: to.x - from.x, height: to.y - from.y };
    };
    /** After an area was drawn, the canvas library would move what is in it by itself, past the history. */
    const onArrow = (event: KeyboardEvent) => {
      if (!event.key.startsWith('Arrow') || !(event.target as Element).closest('.react-flow__nodesselection')) return;
      event.stopPropagation();
      onKey(event);
    };
    const onPaste = (event: ClipboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.matches?.('input, textarea') || !event.clipboardData) return;
      const files = [...event.clipboardData.files];
      const middle = flow.screenToFlowPosition({ x: window.innerWidth / 2, y: window.innerHeight / 2 });
      if (files.length) void commands.takeFiles(files, middle).then((id) => id && goTo({ screen: 'graph', id }));
      else void commands.pasteText(event.clipboardData.getData('text/plain'), seen());
    };
    window.addEventListener('keydown', onArrow, true);
    window.addEventListener('keydown', onKey);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('keydown', onArrow, true);
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('paste', onPaste);
    };
  }, [app, flow]);
}
