/** What services are called, also where no local server tells of them, or this version has no way to ask them. */
import { own } from '../core/own.ts';

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  'a1111-local': 'Stable Diffusion web UI',
  alibaba: 'Alibaba Model Studio',
  bfl: 'Black Forest Labs',
  byteplus: 'BytePlus',
  cliprise: 'Cliprise',
  'comfy-partner-node': 'ComfyUI partner nodes',
  'comfy-router': 'Comfy Router',
  'comfy-router(fal)': 'Comfy Router (fal)',
  'comfy-router(higgsfield)': 'Comfy Router (Higgsfield)',
  'comfy-router(wavespeed)': 'Comfy Router (WaveSpeed)',
  'comfyui-local': 'ComfyUI',
  fal: 'fal',
  google: 'Google',
  'google-vertex': 'Google Vertex AI',
  huggingface: 'Hugging Face',
  ideogram: 'Ideogram',
  'inference.sh': 'inference.sh',
  kling: 'Kling',
  luma: 'Luma',
  minimax: 'MiniMax',
  openai: 'OpenAI',
  'openai-compatible': 'OpenAI-compatible server',
  openrouter: 'OpenRouter',
  recraft: 'Recraft',
  replicate: 'Replicate',
  runway: 'Runway',
  stability: 'Stability AI',
  together: 'Together AI',
  wavespeed: 'WaveSpeed',
  xai: 'xAI',
};

/** Its id where nobody has named it. */
export const usualServiceName = (id: string): string => own(SERVICE_NAMES, id) ?? id;
