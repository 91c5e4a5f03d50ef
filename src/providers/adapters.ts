/** Every service the gateway can ask: a file of this folder and a line here. */
import type { Adapter } from './adapter.ts';
import { fal } from './fal.ts';
import { replicate } from './replicate.ts';

export const ADAPTERS: readonly Adapter[] = [fal, replicate];
