/** Find in graph: nodes by name, type or what is written in them; notes and frames by their text. */
import { useReactFlow } from '@xyflow/react';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useState } from 'react';
import type { Board } from '../../graph/graph.ts';
import type { FrameId, NodeId, NoteId } from '../../core/ids.ts';
import type { Registry } from '../../core/node.ts';
import { useApp, useFact } from '../app-context.ts';
import { fit } from '../canvas/fit.ts';
import { useReturningFocus } from '../focus.ts';
import { keyOf } from '../keys.ts';
import type { ItemId } from '../canvas/places.ts';
import { focusCard } from '../selection-edits.ts';
import { LiveStatus } from '../widgets/live-status.tsx';
import { t } from '../../words/t.ts';
import './find-bar.css';

export function FindBar() {
  const { workspace } = useApp();
  return useFact(workspace, (state) => state.finding) ? <OpenFindBar /> : null;
}

function OpenFindBar() {
  const app = useApp();
  const { document, registry, workspace } = app;
  const flow = useReactFlow();
  const board = useFact(document, (state) => state.board);
  useReturningFocus();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const found = foundIn(board, registry, words);
  const show = (index: number) => {
    const id = found.at(index % found.length);
    if (!id) return;
    setAt((index + found.length) % found.length);
    workspace.select(board.nodes[id as NodeId] ? [id as NodeId] : [], board.nodes[id as NodeId] ? [] : [id as FrameId]);
    void fit(app, flow, [id]);
  };
  const close = () => {
    workspace.setState({ finding: false });
    const [chosen] = workspace.getState().selection;
    // Whoever looked for a node goes on from there: the next Tab comes to what stands on its card.
    if (chosen && chosen === found[at]) focusCard(chosen);
  };
  const count = !words.trim() ? '' : found.length ? t('{0} of {1}', at + 1, found.length) : t('nothing found');
  return (
    <search className="findbar" aria-label={t('Find in graph')}>
      <input
        className="field"
        type="search"
        autoFocus
        aria-label={t('Find in graph')}
        placeholder={t('Find a node, note or frame')}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const key = keyOf(event);
          if (key === 'Escape') close();
          else if (key === 'Enter')
            show(
              event.shiftKey
                ? at - 1
                : at +
                    (workspace.getState().selection.includes(found[at] as NodeId) ||
                    workspace.getState().selectedMarks.includes(found[at] as NoteId)
                      ? 1
                      : 0),
            );
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <LiveStatus className="tabular muted" said={count}>
        {count}
      </LiveStatus>
      <button
        className="button button--quiet button--icon"
        type="button"
        aria-label={t('Previous')}
        disabled={!found.length}
        onClick={() => show(at - 1)}
      >
        <ChevronUp size={15} aria-hidden />
      </button>
      <button
        className="button button--quiet button--icon"
        type="button"
        aria-label={t('Next')}
        disabled={!found.length}
        onClick={() => show(at + 1)}
      >
        <ChevronDown size={15} aria-hidden />
      </button>
      <button className="button button--quiet button--icon" type="button" aria-label={t('Close')} onClick={close}>
        <X size={15} aria-hidden />
      </button>
    </search>
  );
}

/** Everything a person wrote or chose in a param, however deep it lies. */
function written(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return value && typeof value === 'object' ? Object.values(value).map(written).join(' ') : '';
}
function foundIn(board: Board, registry: Registry, words: string): ItemId[] {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const fits = (text: string) => wanted.every((word) => text.toLowerCase().includes(word));
  return [
    ...(Object.entries(board.nodes) as [NodeId, Board['nodes'][NodeId]][])
      .filter(([, node]) =>
        fits(`${node.title ?? ''} ${registry.get(node.type)?.title ?? node.type} ${written(node.params)}`),
      )
      .map(([id]) => id),
    ...(Object.entries(board.frames) as [FrameId, Board['frames'][FrameId]][])
      .filter(([, frame]) => fits(frame.title))
      .map(([id]) => id),
    ...(Object.entries(board.notes) as [NoteId, Board['notes'][NoteId]][])
      .filter(([, note]) => fits(note.text))
      .map(([id]) => id),
  ];
}
