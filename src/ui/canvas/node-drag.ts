/** A node type that is dragged from the library. Browsers keep what is dragged secret until it is dropped, but its types. */
export const NODE_DRAG = 'application/x-triptych-node';

export function dragNode(data: DataTransfer, type: string): void {
  data.setData(NODE_DRAG, type);
  data.setData(`${NODE_DRAG}/${type}`, '');
}
/** What type it is, as far as can be known before it is dropped: types come in small letters. */
export const draggedNode = (types: readonly string[]): string | undefined =>
  types.find((type) => type.startsWith(`${NODE_DRAG}/`))?.slice(NODE_DRAG.length + 1);
