/**
 * A page translator puts its own elements in place of text that React made, and React's next change to that text throws
 * `NotFoundError` and takes the whole page away (react issue 11538). The page asks not to be translated, but extensions
 * do not ask back. So the two operations that throw are made to find the stand-in, and to do nothing where there is
 * none.
 */
export function bearForeignText(): void {
  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    const here = standInFor(child, this);
    if (here) removeChild.call(this, here);
    return child;
  };
  Node.prototype.insertBefore = function <T extends Node>(this: Node, added: T, before: Node | null): T {
    insertBefore.call(this, added, before && standInFor(before, this));
    return added;
  };
}

/** The child of `parent` that is or holds this node; nothing when it was taken out of the page. */
function standInFor(node: Node, parent: Node): Node | null {
  for (let at: Node | null = node; at; at = at.parentNode) if (at.parentNode === parent) return at;
  return null;
}
