/**
 * A `+` at each output of the card below the pointer and of the one that is chosen. One component for the whole canvas,
 * drawn into those cards: no other card knows of it.
 */
import { useReactFlow, useStore, type ReactFlowState } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { useEffect, useMemo, useState, useSyncExternalStore, type CSSProperties } from 'react';
import { createPortal } from 'react-dom';
import { wiresOutOfSocket, type Point, type WireEnd } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { actionFor } from '../actions.ts';
import { commandAdding } from '../adding-commands.ts';
import { useApp, useFact } from '../app-context.ts';
import { titleOf } from '../connections.ts';
import { NodeIcon } from '../icons.tsx';
import { nextSteps, type NextStep } from '../next-steps.ts';
import { placeAfter } from '../place-after.ts';
import { placeable } from '../placing.ts';
import { recentChoices, rememberChoice } from '../recent-choices.ts';
import { Menu, type MenuItem } from '../widgets/menu.tsx';
import { named } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import { cardShape } from './card-size.ts';
import './next-step-buttons.css';

interface Asked {
  readonly from: WireEnd;
  readonly at: Point;
}

export default function NextStepButtons() {
  const { document, workspace } = useApp();
  const chosen = useFact(workspace, ({ selection, selectedMarks }) =>
    selection.length + selectedMarks.length === 1 ? selection[0] : undefined,
  );
  const readOnly = useFact(document, (state) => state.readOnly);
  const below = useCardBelowPointer();
  const [asked, setAsked] = useState<Asked>();
  if (readOnly) return null;
  const cards = [...new Set([chosen, below, asked?.from.node])].filter((id) => id !== undefined);
  return (
    <>
      {cards.map((id) => (
        <ButtonsOfCard key={id} id={id} asked={asked?.from} onAsk={setAsked} />
      ))}
      {asked && (
        <Steps key={`${asked.from.node} ${asked.from.socket}`} {...asked} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}

/** The card the mouse is over, while no button is held. A finger chooses a card instead. */
function useCardBelowPointer(): NodeId | undefined {
  const [below, setBelow] = useState<NodeId>();
  useEffect(() => {
    const stage = window.document.querySelector<HTMLElement>('.stage');
    const onPointerOver = ({ target, pointerType, buttons }: PointerEvent) => {
      if (pointerType === 'touch' || buttons > 0) return;
      const card = (target as Element).closest('.react-flow__node-card')?.getAttribute('data-id');
      setBelow((card ?? undefined) as NodeId | undefined);
    };
    const onPointerLeave = () => setBelow(undefined);
    stage?.addEventListener('pointerover', onPointerOver);
    stage?.addEventListener('pointerleave', onPointerLeave);
    return () => {
      stage?.removeEventListener('pointerover', onPointerOver);
      stage?.removeEventListener('pointerleave', onPointerLeave);
    };
  }, []);
  return below;
}

function onCardsChanged(tell: () => void): () => void {
  const cards = window.document.querySelector('.react-flow__nodes');
  const observer = new MutationObserver(tell);
  if (cards) observer.observe(cards, { childList: true });
  return () => observer.disconnect();
}
/** The element of a card, which is gone while the card is out of sight. */
const useElementOf = (id: NodeId): Element | null =>
  useSyncExternalStore(onCardsChanged, () =>
    window.document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`),
  );

/** On a small canvas buttons grow against the zoom, so that they can be hit, in steps of a tenth. */
const LARGEST = 1.6;
const sizeAt = ({ transform: [, , zoom] }: ReactFlowState): number =>
  Math.round(Math.min(LARGEST, Math.max(1, 1 / zoom)) * 10) / 10;

interface ButtonsProps {
  readonly id: NodeId;
  readonly asked: WireEnd | undefined;
  readonly onAsk: (asked: Asked) => void;
}
function ButtonsOfCard({ id, asked, onAsk }: ButtonsProps) {
  const { document, registry } = useApp();
  const board = useFact(document, (state) => state.board);
  const element = useElementOf(id);
  const size = useStore(sizeAt);
  const node = board.nodes[id];
  const definition = node && registry.get(node.type);
  if (!element || !node || !definition) return null;
  const { outputs } = cardShape(node, definition);
  const offered = outputs.filter(({ id: socket }) => definition.outputs[socket]!.kind !== 'file');
  return createPortal(
    offered.map(({ id: socket, y }, at) => {
      const end = { node: id, socket };
      const isWired = wiresOutOfSocket(board, end).length > 0;
      return (
        <button
          key={socket}
          className="nextstep nodrag nopan"
          type="button"
          // Where a wire begins, the button leaves its way free.
          data-beside={!isWired ? 'wire-end' : at === 0 ? 'above' : 'below'}
          data-open={asked?.node === id && asked.socket === socket}
          aria-haspopup="menu"
          {...named(t('What comes after {0}: {1}', titleOf(board, registry, id), definition.outputs[socket]!.label))}
          style={{ '--y': `${y}px`, '--grown': offered.length > 1 ? 1 : size } as CSSProperties}
          onClick={({ currentTarget }) => {
            const { right, top } = currentTarget.getBoundingClientRect();
            onAsk({ from: end, at: { x: right + 4, y: top } });
          }}
        >
          <Plus size={14} aria-hidden />
        </button>
      );
    }),
    element,
  );
}

/** The menu of a `+`. */
function Steps({ from, at, onClose }: Asked & { readonly onClose: () => void }) {
  const app = useApp();
  const flow = useReactFlow();
  const { document, registry, workspace } = app;
  const { board } = document.getState();
  const node = board.nodes[from.node];
  const socket = registry.get(node?.type ?? '')?.outputs[from.socket];
  const all = useMemo(() => new Map(placeable(app).map((definition) => [definition.id, definition])), [app]);
  if (!node || !socket) return null;
  const item = (step: NextStep): MenuItem | [] => {
    const definition = all.get(step.type);
    const action = commandAdding(step.type);
    if (!definition) return [];
    return {
      label: definition.title,
      mark: <NodeIcon type={definition.id} layer={definition.layer} />,
      keys: action && actionFor(app, flow, action).keys[0],
      run() {
        rememberChoice('nodes', step.type);
        placeAfter(app, from, step);
      },
    };
  };
  const steps = nextSteps({ type: node.type, kind: socket.kind }, all, recentChoices('nodes'));
  const others = {
    label: t('Something else…'),
    run: () =>
      workspace.setState({
        adding: { screen: at, flow: flow.screenToFlowPosition(at), from: { ...from, side: 'output' } },
      }),
  };
  const isTaken = [...all.values()].some(({ inputs }) =>
    Object.values(inputs).some(({ kind }) => kind === socket.kind),
  );
  return (
    <Menu
      label={t('What comes after {0}: {1}', titleOf(board, registry, from.node), socket.label)}
      at={at}
      groups={[steps.flatMap(item), isTaken ? [others] : []]}
      onClose={onClose}
    />
  );
}
