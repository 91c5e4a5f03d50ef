/** Adds a node by search; after a wire was dropped on the canvas, only what fits is offered. */
import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties } from 'react';
import { inputsOf } from '../../graph/connect.ts';
import { connect } from '../../graph/edits.ts';
import type { NodeDefinition } from '../../core/node.ts';
import { useApp, useFact } from '../app-context.ts';
import { keepBesideOnceLoaded } from '../beside-later.ts';
import { useReturningFocus } from '../focus.ts';
import { NodeIcon } from '../icons.tsx';
import { keyOf } from '../keys.ts';
import { freePlace, placeable, placeNode } from '../placing.ts';
import { matches } from './library.tsx';
import { t } from '../../words/t.ts';
import './finder.css';

export function Finder() {
  const { workspace } = useApp();
  const request = useFact(workspace, (state) => state.adding);
  return request ? <OpenFinder key={`${request.screen.x}:${request.screen.y}`} /> : null;
}

function OpenFinder() {
  const app = useApp();
  const { workspace, document, registry } = app;
  const { screen, flow, from } = workspace.getState().adding!;
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const close = () => workspace.setState({ adding: undefined });
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(
    () => keepBesideOnceLoaded(screen, frame.current!, { placement: 'bottom-start', stays: true }),
    [screen],
  );
  useReturningFocus();
  const kind = kindOfDrawnWire();
  const fits = (definition: NodeDefinition) =>
    !kind ||
    Object.values(from!.side === 'output' ? definition.inputs : definition.outputs).some(
      (socket) => socket.kind === kind,
    );
  const found = placeable(app)
    .filter((definition) => fits(definition) && matches(definition, words))
    .sort((a, b) => rank(a, words) - rank(b, words));
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const add = (definition: NodeDefinition | undefined) => {
    if (!definition) return;
    const at = from?.side === 'input' ? { x: flow.x - 230, y: flow.y - 40 } : { x: flow.x, y: flow.y - 40 };
    placeNode(app, definition.id, from ? at : freePlace(app, at), (draft, own) => {
      const socket = Object.entries(from?.side === 'output' ? definition.inputs : definition.outputs).find(
        ([, spec]) => spec.kind === kind,
      )?.[0];
      if (!from || !socket) return;
      const other = { node: from.node, socket: from.socket };
      if (from.side === 'output') connect(draft, registry, other, { node: own, socket });
      else connect(draft, registry, { node: own, socket }, other);
    });
    close();
  };

  return (
    <div
      ref={frame}
      className="finder"
      role="dialog"
      aria-label={t('Add a node')}
      style={{ left: screen.x, top: screen.y }}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}
    >
      <input
        autoFocus
        placeholder={kind ? t('Nodes that fit {0}', kind) : t('Add a node')}
        aria-label={t('Search nodes')}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          const key = keyOf(event);
          if (key === 'Escape') close();
          else if (key === 'Enter') add(found[chosen]);
          else if (key === 'ArrowDown') setChosen(Math.min(found.length - 1, chosen + 1));
          else if (key === 'ArrowUp') setChosen(Math.max(0, chosen - 1));
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <ul ref={list} role="listbox" aria-label={t('Nodes')}>
        {found.map((definition, index) => (
          <li
            key={definition.id}
            role="option"
            aria-selected={index === chosen}
            style={{ '--layer': `var(--${definition.layer})` } as CSSProperties}
            onPointerEnter={() => setChosen(index)}
            onPointerDown={(event) => {
              event.preventDefault();
              add(definition);
            }}
          >
            <NodeIcon type={definition.id} layer={definition.layer} />
            <span>
              {definition.title}
              <small>{t(definition.summary)}</small>
            </span>
          </li>
        ))}
        {found.length === 0 && <li className="muted">{t('No node matches “{0}”.', words)}</li>}
      </ul>
    </div>
  );

  function kindOfDrawnWire() {
    if (!from) return undefined;
    const node = document.getState().board.nodes[from.node];
    const definition = node && registry.get(node.type);
    return (
      definition &&
      (from.side === 'output' ? definition.outputs[from.socket]?.kind : inputsOf(definition, node)[from.socket]?.kind)
    );
  }
}

/** Titles that begin with the words come first. */
const rank = (definition: NodeDefinition, words: string): number =>
  definition.title.toLowerCase().startsWith(words.toLowerCase()) ? 0 : 1;
