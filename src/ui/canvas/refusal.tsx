/** What a person is told while a wire is drawn. */
import { useConnection, useStore, type Handle, type ReactFlowState } from '@xyflow/react';
import { useEffect } from 'react';
import { inputsOf, whyNotConnect } from '../../graph/connect.ts';
import type { NodeId } from '../../core/ids.ts';
import { wiresInSocket } from '../../graph/graph.ts';
import { useApp } from '../app-context.ts';
import { titleOf } from '../connections.ts';
import { t, tell } from '../../words/t.ts';
import './drawn-labels.css';

/** Names grow against the zoom as far as the rows of sockets let them, in steps of a tenth. */
const LARGEST_LABEL = 1.7;
const labelSizeAt = ({ transform: [, , zoom] }: ReactFlowState): number =>
  Math.round(Math.min(LARGEST_LABEL, Math.max(1, 1 / zoom)) * 10) / 10;

/**
 * While a wire is drawn: sockets that take it say their names and the others step back (by attributes on the stage), and hovering one says
 * why.
 */
export default function Refusal() {
  const { document, registry } = useApp();
  const drawn = useConnection((connection) => {
    if (!connection.inProgress) return undefined;
    const from = document.getState().board.nodes[connection.fromNode.id as NodeId];
    const definition = from && registry.get(from.type);
    const end = connection.fromHandle.id ?? '';
    return (
      definition &&
      (connection.fromHandle.type === 'source' ? definition.outputs[end]?.kind : inputsOf(definition, from)[end]?.kind)
    );
  });
  const to = useConnection(({ inProgress, fromHandle }) =>
    inProgress ? (fromHandle.type === 'source' ? 'target' : 'source') : undefined,
  );
  const grown = useStore(labelSizeAt);
  useEffect(() => {
    const stage = window.document.querySelector<HTMLElement>('.stage');
    if (!stage || !drawn || !to) return undefined;
    stage.setAttribute('data-drawn', drawn);
    stage.setAttribute('data-drawn-to', to);
    stage.style.setProperty('--label-grown', String(grown));
    return () => {
      stage.removeAttribute('data-drawn');
      stage.removeAttribute('data-drawn-to');
      stage.style.removeProperty('--label-grown');
    };
  }, [drawn, to, grown]);
  const words = useConnection((connection) => {
    if (!connection.inProgress || !connection.toHandle) return undefined;
    const { fromHandle, toHandle } = connection;
    if (connection.isValid) return toHandle.type === 'target' ? placeInOrder(toHandle) : undefined;
    if (fromHandle.type === toHandle.type)
      return fromHandle.type === 'source'
        ? t('Both are outputs. A wire goes from an output to an input.')
        : t('Both are inputs. A wire goes from an output to an input.');
    const [from, to] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
    const why = whyNotConnect(
      document.getState().board,
      registry,
      { node: from.nodeId as NodeId, socket: from.id ?? '' },
      { node: to.nodeId as NodeId, socket: to.id ?? '' },
    );
    return why && tell(why);
  });
  return words ? (
    <p className="refusal" role="status">
      {words}
    </p>
  ) : null;

  /** Into an input for many, a wire goes after those that are there. */
  function placeInOrder({ nodeId, id }: Handle): string | undefined {
    const { board } = document.getState();
    const end = { node: nodeId as NodeId, socket: id ?? '' };
    const node = board.nodes[end.node];
    const definition = node && registry.get(node.type);
    const last = wiresInSocket(board, end).at(-1)?.[1];
    if (!last || !definition || !inputsOf(definition, node)[end.socket]?.many) return undefined;
    return t(
      'Goes in as number {0}, after {1}',
      wiresInSocket(board, end).length + 1,
      titleOf(board, registry, last.from.node),
    );
  }
}
