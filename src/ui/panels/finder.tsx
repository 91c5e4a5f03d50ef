/** Adds a node by search; after a wire was dropped on the canvas, only what fits is offered. */
import { useLayoutEffect, useRef, type CSSProperties } from 'react';
import { inputsOf } from '../../graph/connect.ts';
import { connect } from '../../graph/edits.ts';
import type { NodeFace } from '../../core/node.ts';
import { useApp, useFact } from '../app-context.ts';
import { keepBesideOnceLoaded } from '../beside-later.ts';
import { chordOfNode } from '../chord-of-node.ts';
import { useReturningFocus } from '../focus.ts';
import { findNodes } from '../find-nodes.ts';
import { NodeIcon } from '../icons.tsx';
import { nextSteps } from '../next-steps.ts';
import { CARD_WIDTH } from '../canvas/card-size.ts';
import { freePlace, placeable, placeBeside, placeNode, cardSizeOf } from '../placing.ts';
import { recentChoices, recentFirst, rememberChoice } from '../recent-choices.ts';
import { Combobox } from '../widgets/combobox.tsx';
import { t } from '../../words/t.ts';
import './finder.css';

export function Finder() {
  const { workspace } = useApp();
  const request = useFact(workspace, (state) => state.adding);
  return request ? <OpenFinder key={`${request.screen.x}:${request.screen.y}`} /> : null;
}

function Chord({ of }: { readonly of: string }) {
  const chord = chordOfNode(useApp(), of);
  return chord && <kbd>{chord}</kbd>;
}

function OpenFinder() {
  const app = useApp();
  const { workspace, document, registry } = app;
  const { screen, flow, from, beside } = workspace.getState().adding!;
  const close = () => workspace.setState({ adding: undefined });
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(
    () => keepBesideOnceLoaded(screen, frame.current!, { placement: 'bottom-start', stays: true }),
    [screen],
  );
  useReturningFocus();
  const kind = kindOfDrawnWire();
  const fits = (definition: NodeFace) =>
    !kind ||
    Object.values(from!.side === 'output' ? definition.inputs : definition.outputs).some(
      (socket) => socket.kind === kind,
    );
  const fitting = placeable(app).filter(fits);
  const lately = recentChoices('nodes');
  const first = stepsFromDrawnWire(fitting, lately) ?? lately;
  const all = recentFirst(fitting, first);
  const add = (definition: NodeFace) => {
    close();
    rememberChoice('nodes', definition.id);
    if (beside) return placeBeside(app, definition, flow);
    const at = from?.side === 'input' ? { x: flow.x - CARD_WIDTH, y: flow.y - 40 } : { x: flow.x, y: flow.y - 40 };
    placeNode(app, definition.id, freePlace(app, at, cardSizeOf(definition)), (draft, own) => {
      const socket = Object.entries(from?.side === 'output' ? definition.inputs : definition.outputs).find(
        ([, spec]) => spec.kind === kind,
      )?.[0];
      if (!from || !socket) return;
      const other = { node: from.node, socket: from.socket };
      if (from.side === 'output') connect(draft, registry, other, { node: own, socket });
      else connect(draft, registry, { node: own, socket }, other);
    });
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
      <Combobox
        label={t('Search nodes')}
        listLabel={t('Nodes')}
        placeholder={kind ? t('Nodes that fit {0}', kind) : t('Add a node')}
        find={(words) => findNodes(all, words)}
        idOf={({ id }) => id}
        draw={(definition) => (
          <span className="finder__node" style={{ '--layer': `var(--${definition.layer})` } as CSSProperties}>
            <NodeIcon type={definition.id} layer={definition.layer} />
            <span>
              {definition.title}
              <small>{t(definition.summary)}</small>
            </span>
            <Chord of={definition.id} />
          </span>
        )}
        nothing={(words) => t('No node matches “{0}”.', words)}
        onChoose={add}
        onLeave={close}
      />
    </div>
  );

  /** Types of nodes, the likeliest first, after an output. */
  function stepsFromDrawnWire(all: readonly NodeFace[], recent: readonly string[]): readonly string[] | undefined {
    const type = from?.side === 'output' && document.getState().board.nodes[from.node]?.type;
    if (!type || !kind) return undefined;
    const definitions = new Map(all.map((definition) => [definition.id, definition]));
    return nextSteps({ type, kind }, definitions, recent).map((step) => step.type);
  }
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
