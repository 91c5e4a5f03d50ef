/** Every node by layer, and every component: drag onto the canvas, or click to add in the middle. */
import { useReactFlow } from '@xyflow/react';
import { Suspense, useMemo, useRef, useState, type CSSProperties } from 'react';
import { componentIdOf } from '../../graph/component-type.ts';
import { LAYERS, type NodeFace } from '../../core/node.ts';
import { useApp, useFact } from '../app-context.ts';
import { NodeIcon } from '../icons.tsx';
import { useLoaded } from '../loaded.ts';
import { LIBRARY, useIsNarrow } from '../narrow.ts';
import { part } from '../part.tsx';
import { CARD_WIDTH } from '../canvas/card-size.ts';
import { dragNode } from '../canvas/node-drag.ts';
import { componentNodes, placeBeside } from '../placing.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import './library.css';

const bringSearch = () => import('../find-nodes.ts');
const bringChords = () => import('../chord-of-node.ts');
const LibraryComponents = part(() => import('./library-components.tsx'));
const Tour = part(() => import('./tour.tsx'));

export function Library() {
  const app = useApp();
  const { registry, document, desk } = app;
  const [words, setWords] = useState('');
  const isNarrow = useIsNarrow();
  const root = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const { screenToFlowPosition } = useReactFlow();
  const components = useFact(document, (state) => state.graph.components);
  const library = useFact(desk, (state) => state.library);
  const made = useMemo(() => (components || library ? componentNodes(app) : []), [app, components, library]);
  const chords = useLoaded(bringChords);
  const add = (definition: NodeFace) => {
    const box = window.document.querySelector('.stage')!.getBoundingClientRect();
    const middle = { x: box.left + box.width / 2 - CARD_WIDTH / 2, y: box.top + box.height / 3 };
    if (isNarrow) root.current?.hidePopover();
    placeBeside(app, definition, screenToFlowPosition(middle));
  };
  const item = (definition: NodeFace) => (
    <button
      key={definition.id}
      type="button"
      draggable
      {...tip(t(definition.summary))}
      onDragStart={(event) => dragNode(event.dataTransfer, definition.id)}
      onClick={() => add(definition)}
    >
      <NodeIcon type={definition.id} layer={definition.layer} /> {definition.title}
      <kbd aria-hidden>{chords?.shortChordOfNode(app, definition.id)}</kbd>
    </button>
  );
  const search = useLoaded(bringSearch);
  const all = [...registry.values(), ...made];
  const fitting = words.trim() ? (search?.findNodes(all, words) ?? []) : all;
  const found = fitting.filter(({ id }) => componentIdOf(id));
  return (
    <div
      ref={root}
      className="library"
      {...(isNarrow ? { id: LIBRARY, popover: 'auto' } : {})}
      onToggle={({ newState }) => newState === 'open' && field.current?.focus()}
    >
      <nav aria-label={t('Node library')}>
        <input
          ref={field}
          className="field library__search"
          type="search"
          placeholder={t('Find a node')}
          aria-label={t('Find a node')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        {LAYERS.map((layer) => {
          const nodes = fitting.filter(({ id, layer: own }) => own === layer && !componentIdOf(id));
          return (
            nodes.length > 0 && (
              <section key={layer} style={{ '--layer': `var(--${layer})` } as CSSProperties}>
                <h2>{t(layer)}</h2>
                {nodes.map(item)}
              </section>
            )
          );
        })}
        {found.length > 0 && (
          <Suspense fallback={null}>
            <LibraryComponents components={found} item={item} />
          </Suspense>
        )}
      </nav>
      <Suspense fallback={null}>
        <Tour />
      </Suspense>
    </div>
  );
}
