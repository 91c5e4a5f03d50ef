/** What services are called, also where no local server tells of them, or this version has no way to ask them. */
import { own } from '../core/own.ts';

/** Those whose names are not their ids with a capital. */
const SERVICE_NAMES: Readonly<Record<string, string>> = {
  'a1111-local': 'Stable Diffusion web UI',
  alibaba: 'Alibaba Model Studio',
  bfl: 'Black Forest Labs',
  byteplus: 'BytePlus',
  'comfy-partner-node': 'ComfyUI partner nodes',
  'comfy-router': 'Comfy Router',
  'comfy-router(fal)': 'Comfy Router (fal)',
  'comfy-router(higgsfield)': 'Comfy Router (Higgsfield)',
  'comfy-router(wavespeed)': 'Comfy Router (WaveSpeed)',
  'comfyui-local': 'ComfyUI',
  fal: 'fal',
  'google-vertex': 'Google Vertex AI',
  huggingface: 'Hugging Face',
  'inference.sh': 'inference.sh',
  minimax: 'MiniMax',
  openai: 'OpenAI',
  'openai-compatible': 'OpenAI-compatible server',
  openrouter: 'OpenRouter',
  stability: 'Stability AI',
  together: 'Together AI',
  wavespeed: 'WaveSpeed',
  xai: 'xAI',
};

export const usualServiceName = (id: string): string =>
  own(SERVICE_NAMES, id) ?? `${id.slice(0, 1).toUpperCase()}${id.slice(1)}`;
