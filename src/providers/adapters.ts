/** Every service the gateway can ask: a file of this folder and a line here. */
import type { Adapter } from './adapter.ts';
import { google } from './google.ts';
import { openai, openaiCompatible } from './openai.ts';

export const ADAPTERS: readonly Adapter[] = [openai, openaiCompatible, google];
