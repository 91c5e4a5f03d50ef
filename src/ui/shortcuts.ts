/**
 * Keyboard commands of the editor, and what goes to and comes from the clipboard. Typing in a field is never taken for
 * one.
 */
import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { writeOn } from '../graph/marks.ts';
import { loadPart } from '../load-part.ts';
import type { actionsFor } from './actions.ts';
import { useApp } from './app-context.ts';
import { CARD_GAP, CARD_WIDTH } from './canvas/card-size.ts';
import { fit } from './canvas/fit.ts';
import type { PastePlace } from './commands.ts';
import { isCanvas, isControl, isField, isTextSelected } from './focus.ts';
import { comboOf, keyOf } from './keys.ts';
import { selectedItems } from './selected-items.ts';

/** What the browser does with these is wanted: it sends `copy`, `cut` and `paste`, which need no permission. */
const CLIPBOARD = ['ctrl+c', 'ctrl+x', 'ctrl+v', 'ctrl+insert', 'shift+insert', 'shift+delete'];
const MOVING = /^(shift\+)?(tab|space|enter|arrow\w+)$/;
/** Parts of the editor in which Tab, Space, Enter and the arrows keep their meaning. */
const PANELS = '.side, .library, .topbar, .rail, .strip, .shots, .findbar, .notices';

/** Text on the canvas that can be selected. */
const READABLE = '.note__text--read';

/** Some browsers send these to the text that is selected. */
const elementOf = ({ target }: Event): Element => (target instanceof Element ? target : document.body);

export function useShortcuts(): void {
  const app = useApp();
  const flow = useReactFlow();
  useEffect(() => {
    const { commands, document: graph, registry, runs, workspace } = app;
    let known: typeof actionsFor | undefined;
    const bring = () => loadPart(() => import('./actions.ts')).then((brought) => (known = brought.actionsFor));
    void bring();
    const listening = new AbortController();
    const { signal } = listening;

    const onKey = (event: KeyboardEvent) => {
      const combo = comboOf(event);
      if (combo === '' || writesOutOfSight(event)) return;
      if (known) return act(event, combo, known);
      // Pressed before what it does was there: done then, and the browser does not scroll or select first.
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d+$/.test(keyOf(event));
      const target = event.target as HTMLElement;
      if ((isPlain || combo === 'ctrl+a') && !isField(target) && !isControl(target)) event.preventDefault();
      void bring().then((found) => act(event, combo, found));
    };
    const act = (event: KeyboardEvent, combo: string, actions: typeof actionsFor) => {
      const target = event.target as HTMLElement;
      // What is typed before the search is there belongs to it.
      const { adding, finding, palette } = workspace.getState();
      if ((adding || finding || palette) && !window.document.querySelector('dialog, .finder, .findbar')) return;
      const typing = isField(target) || target.closest('dialog, .finder, .reject, .menu') !== null;
      const action = actions(app, flow).find(({ keys }) => keys.includes(combo));
      // Escape leaves a field; the next key is a command again.
      if (typing && combo === 'escape' && !target.closest('dialog')) target.blur();
      if (!action || (typing && !action.whileTyping)) return;
      if (CLIPBOARD.includes(combo) && (action.id === 'copy' || action.id === 'cut')) return;
      if (action.onCanvas && !isCanvas(target)) return;
      // While the reason is asked for, keys do nothing to the take.
      if (action.judges && window.document.querySelector('.reject')) return;
      // On the canvas these are commands.
      if (MOVING.test(combo) && (isControl(target) || target.closest(PANELS))) return;
      if (runs.getState().running && combo === 'escape') return;
      // The browser closes what is open over the page.
      if (combo === 'escape' && window.document.querySelector('[popover="auto"]:popover-open')) return;
      event.preventDefault();
      action.run();
    };

    /** A note that is being written and was scrolled away goes on being written: it comes back, with what was typed. */
    function writesOutOfSight(event: KeyboardEvent): boolean {
      const { writing } = workspace.getState();
      if (!writing || event.target !== window.document.body || event.ctrlKey || event.metaKey || event.altKey)
        return false;
      const key = keyOf(event);
      if (key === 'Escape' || !graph.getState().board.notes[writing.note]) {
        workspace.setState({ writing: undefined });
        return key === 'Escape';
      }
      if (/^F\d+$/.test(key)) return false;
      event.preventDefault();
      const typed = key === 'Enter' ? '\n' : key.length === 1 ? key : '';
      const caret =
        typed &&
        graph.edit('Write note', (board) => writeOn(board, writing.note, typed, writing.caret), {
          mergeKey: `mark:${writing.note}`,
        });
      if (caret) workspace.setState({ writing: { note: writing.note, caret } });
      void fit(app, flow, [writing.note]);
      return true;
    }

    const pastePlace = (): PastePlace => {
      const { selection, selectedMarks, selectedWires } = workspace.getState();
      const isWireChosen = selectedWires.length === 1 && selection.length + selectedMarks.length === 0;
      return { seen: seen(), step: CARD_WIDTH + CARD_GAP, ...(isWireChosen ? { wire: selectedWires[0]! } : {}) };
    };
    /** What is pasted while a card is chosen that waits for a file is meant for it. */
    const intoEmptyCard = () => {
      const [id, ...others] = workspace.getState().selection;
      const node = id && others.length === 0 ? graph.getState().board.nodes[id] : undefined;
      const params = Object.entries((node && registry.get(node.type)?.params) ?? {});
      const waits = params.some(([name, { kind }]) => kind === 'file' && !node!.params[name]);
      return id && waits ? { onto: id } : {};
    };
    const seen = () => {
      const { left, top, right, bottom } = window.document.querySelector('.stage')!.getBoundingClientRect();
      const [from, to] = [
        flow.screenToFlowPosition({ x: left, y: top }),
        flow.screenToFlowPosition({ x: right, y: bottom }),
      ];
      return { ...from, width: to.x - from.x, height: to.y - from.y };
    };
    /** After an area was drawn, the canvas library would move what is in it by itself, past the history. */
    const onArrow = (event: KeyboardEvent) => {
      if (!keyOf(event).startsWith('Arrow') || !(event.target as Element).closest('.react-flow__nodesselection'))
        return;
      event.stopPropagation();
      onKey(event);
    };
    /** The browser's own copy and cut: of text where text is selected, else of what is chosen on the canvas. */
    const onCopy = (event: ClipboardEvent) => {
      const target = elementOf(event);
      if (isField(target) || target.closest('dialog') || isTextSelected() || selectedItems(app).length === 0) return;
      event.preventDefault();
      void commands.copy(event.type === 'cut', event.clipboardData);
    };
    const onPaste = (event: ClipboardEvent) => {
      const target = elementOf(event);
      if (isField(target) || target.closest('dialog') || !event.clipboardData) return;
      const files = [...event.clipboardData.files];
      const at = flow.screenToFlowPosition({ x: window.innerWidth / 2, y: window.innerHeight / 2 });
      if (files.length) void commands.takeFiles(files, { at, ...intoEmptyCard() });
      else void commands.pasteText(event.clipboardData.getData('text/plain'), pastePlace());
    };
    /** As a click beside a field ends what is written in it, and what was selected. */
    const onPointer = (event: PointerEvent) => {
      const target = event.target as Element;
      if (target.closest('.react-flow') && !isField(target) && !target.closest(READABLE))
        getSelection()?.removeAllRanges();
      if (workspace.getState().writing && !isField(window.document.activeElement ?? window.document.body))
        workspace.setState({ writing: undefined });
    };
    window.addEventListener('keydown', onArrow, { signal, capture: true });
    window.addEventListener('keydown', onKey, { signal });
    window.addEventListener('copy', onCopy, { signal });
    window.addEventListener('cut', onCopy, { signal });
    window.addEventListener('paste', onPaste, { signal });
    window.addEventListener('pointerdown', onPointer, { signal });
    // Nodes that were chosen after some text was are what Copy means.
    const leave = workspace.subscribe((state, before) => {
      const chosen = state.selection !== before.selection || state.selectedMarks !== before.selectedMarks;
      if (chosen && isTextSelected() && !isField(window.document.activeElement ?? window.document.body))
        getSelection()!.removeAllRanges();
    });
    return () => {
      listening.abort();
      leave();
    };
  }, [app, flow]);
}
