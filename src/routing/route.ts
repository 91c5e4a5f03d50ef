/** Who would answer generation requests now; enters the keys of generation nodes, since another maker gives another picture. */
import { SKETCH_VERSION } from '../sketch/version.ts';

export const currentRoute = (): string => `sketch ${SKETCH_VERSION}`;
