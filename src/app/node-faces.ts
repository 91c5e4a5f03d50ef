/** The nodes as a page needs them at once: without what runs and what explains them, which the build takes out. */
import type { NodeFace, Registry } from '../core/node.ts';

const found = import.meta.glob<NodeFace>(['../../nodes/{generation,control,refinement}/*.ts', '!**/_*.ts'], {
  eager: true,
  import: 'default',
  query: '?face',
});

export const faces: Registry = new Map(Object.values(found).map((face) => [face.id, face]));
