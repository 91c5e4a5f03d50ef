/** Every service the gateway can ask: a file of this folder and a line here. */
import type { Adapter } from './adapter.ts';
import { comfyui } from './comfyui.ts';

export const ADAPTERS: readonly Adapter[] = [comfyui];
