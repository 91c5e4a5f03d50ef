/** Every service the gateway can ask: a file of this folder and a line here. */
import { a1111 } from './a1111.ts';
import type { Adapter } from './adapter.ts';
import { alibaba } from './alibaba.ts';
import { bfl } from './bfl.ts';
import { byteplus } from './byteplus.ts';
import { cliprise } from './cliprise.ts';
import { comfyui } from './comfyui.ts';
import { fal } from './fal.ts';
import { google } from './google.ts';
import { ideogram } from './ideogram.ts';
import { kling } from './kling.ts';
import { luma } from './luma.ts';
import { minimax } from './minimax.ts';
import { openai, openaiCompatible } from './openai.ts';
import { recraft } from './recraft.ts';
import { replicate } from './replicate.ts';
import { runway } from './runway.ts';
import { stability } from './stability.ts';

export const ADAPTERS: readonly Adapter[] = [
  comfyui,
  a1111,
  fal,
  replicate,
  openai,
  google,
  runway,
  bfl,
  stability,
  luma,
  kling,
  recraft,
  ideogram,
  minimax,
  byteplus,
  alibaba,
  cliprise,
  openaiCompatible,
];
