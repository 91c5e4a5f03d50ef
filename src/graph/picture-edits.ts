/** A picture that a Reference holds, to be used itself: as what is graded, enlarged, animated. */
import { addNode, removeNodes, type BoardDraft } from './edits.ts';
import type { Board } from './graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { NodeFace } from '../core/node.ts';

/** Whether it holds a picture that nothing follows yet: once wires lead to it or from it, they would be lost. */
export function holdsUnusedPicture(board: Pick<Board, 'nodes' | 'wires'>, id: NodeId): boolean {
  const node = board.nodes[id];
  if (node?.type !== 'reference' || !node.params['file']) return false;
  return !Object.values(board.wires).some(({ from, to }) => from.node === id || to.node === id);
}

/** Puts an Import with the same picture, crop and mask where it stands. Returns the new node. */
export function usePictureItself(draft: BoardDraft, id: NodeId, definition: Pick<NodeFace, 'id' | 'version'>): NodeId {
  const { position, params } = draft.nodes[id]!;
  removeNodes(draft, [id]);
  return addNode(draft, definition, { ...position }, { file: params['file'] });
}
