/** Every node by layer: drag onto the canvas, or click to add in the middle. */
import { useReactFlow } from '@xyflow/react';
import { useState, type CSSProperties } from 'react';
import { addNode } from '../../core/edits.ts';
import { LAYERS, type NodeDefinition } from '../../core/node.ts';
import { useApp } from '../app-context.ts';
import { NODE_DRAG } from '../canvas/canvas.tsx';
import { NodeIcon } from '../icons.tsx';

export function Library() {
  const { registry, document, workspace } = useApp();
  const [words, setWords] = useState('');
  const { screenToFlowPosition } = useReactFlow();
  const add = (definition: NodeDefinition) => {
    const box = window.document.querySelector('.stage')!.getBoundingClientRect();
    const middle = screenToFlowPosition({ x: box.left + box.width / 2 - 110, y: box.top + box.height / 2 - 80 });
    const id = document.edit('Add node', (draft) => addNode(draft, definition, middle));
    if (id) workspace.select([id]);
  };
  return (
    <nav className="library" aria-label="Node library">
      <input className="field library__search" type="search" placeholder="Find a node" aria-label="Find a node" value={words} onChange={(event) => setWords(event.target.value)} />
      {LAYERS.map((layer) => {
        const found = [...registry.values()].filter((definition) => definition.layer === layer && matches(definition, words));
        return found.length > 0 && (
          <section key={layer} style={{ '--layer': `var(--${layer})` } as CSSProperties}>
            <h2>{layer}</h2>
            {found.map((definition) => (
              <button key={definition.id} type="button" draggable title={definition.summary} onDragStart={(event) => event.dataTransfer.setData(NODE_DRAG, definition.id)} onClick={() => add(definition)}>
                <NodeIcon type={definition.id} layer={layer} /> {definition.title}
              </button>
            ))}
          </section>
        );
      })}
    </nav>
  );
}

export const matches = (definition: NodeDefinition, words: string): boolean => {
  const text = `${definition.title} ${definition.summary} ${definition.layer}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
};
