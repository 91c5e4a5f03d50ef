/**
 * The first version of "House", kept as it was published: runs and graphs name it. It asks some services that have no
 * adapter.
 */
import { dollars } from '../core/money.ts';
import { escalate, houseRow } from './house-row.ts';
import type { RoutingTable } from './routing-table.ts';

export const FIRST_HOUSE: RoutingTable = {
  id: 'house',
  name: 'House',
  version: 1,
  note: 'The first one: chosen from the catalog of November 2026 by capability and list price.',
  publishedAt: '2026-11-22T00:00:00.000Z',
  rows: [
    houseRow('text to image', 'draft', 'bfl/flux-schnell @ together, luma/photon-flash-1 @ comfy-router', {
      maxPrice: dollars('0.01'),
      fallbacks: 2,
      why: 'For looking, not for keeping: the cheapest that still reads the prompt. Nothing above one cent.',
    }),
    houseRow(
      'text to image',
      'cinematic',
      'bfl/flux-2-max @ bfl, google/gemini-3-pro-image @ together, openai/gpt-image-2.6-sunburst @ openai',
      {
        maxPrice: dollars('0.25'),
        why: 'Light and material first. FLUX.2 Max takes a seed and eight references; go on when hands or text fail twice.',
      },
    ),
    houseRow(
      'text to image',
      'speed',
      'bfl/flux-2-klein-4b @ bfl, google/gemini-3.1-flash-lite-image @ google, ideogram/p-image @ comfy-partner-node',
      {
        maxPrice: dollars('0.05'),
        ...escalate('cinematic'),
        why: 'Seconds, not minutes, for reviews in the room. Klein first: its seed repeats.',
      },
    ),
    houseRow(
      'text to image',
      'budget',
      'bfl/flux-schnell @ together, recraft/v4.1-flash @ recraft, luma/photon-flash-1 @ comfy-router',
      {
        maxPrice: dollars('0.02'),
        ...escalate('speed'),
        why: 'Volume. Under two cents; when three takes miss, a dearer model is cheaper per accepted picture.',
      },
    ),
    houseRow(
      'text to image',
      'character',
      'google/gemini-3-pro-image @ together, bfl/flux-kontext-max @ bfl, runway/gen4-image @ runway',
      {
        needs: ['references'],
        maxPrice: dollars('0.25'),
        why: 'The same face again: only models that take reference images.',
      },
    ),

    houseRow('image edit', 'draft', 'google/gemini-3.1-flash-lite-image @ google', {
      maxPrice: dollars('0.05'),
      why: 'To see whether an edit is worth asking for.',
    }),
    houseRow('image edit', 'cinematic', 'bfl/flux-2-max @ bfl, openai/gpt-image-2.6-sunburst @ openai', {
      maxPrice: dollars('0.25'),
      why: 'Edits that must hold up full screen.',
    }),
    houseRow('image edit', 'speed', 'bfl/flux-2-klein-4b @ bfl, google/gemini-3.1-flash-lite-image @ google', {
      maxPrice: dollars('0.05'),
      ...escalate('cinematic'),
      why: 'Quick rounds with someone watching.',
    }),
    houseRow('image edit', 'budget', 'openai/gpt-image-1-mini @ openai, bfl/flux-kontext-pro @ bfl', {
      maxPrice: dollars('0.05'),
      ...escalate('speed'),
      why: 'Many small corrections.',
    }),
    houseRow('image edit', 'character', 'bfl/flux-kontext-max @ bfl, google/gemini-3-pro-image @ together', {
      needs: ['references'],
      maxPrice: dollars('0.25'),
      why: 'Kontext keeps a face through edits.',
    }),

    houseRow('text to video', 'draft', 'bytedance/seedance-1.0-pro-fast @ comfy-partner-node', {
      maxPrice: dollars('0.30'),
      why: 'The cheapest second of motion in the catalog.',
    }),
    houseRow(
      'text to video',
      'cinematic',
      'google/veo-3.1 @ google-vertex, runway/gen4.5 @ runway, kling/v3-pro @ comfy-partner-node',
      {
        maxPrice: dollars('5'),
        why: 'One clip that carries the piece. Veo takes a seed; Gen-4.5 when camera moves matter more than sound.',
      },
    ),
    houseRow('text to video', 'speed', 'google/veo-3.1-fast @ runway, lightricks/ltx-2.5-fast @ comfy-router', {
      maxPrice: dollars('2'),
      ...escalate('cinematic'),
      why: 'A first answer within the meeting.',
    }),
    houseRow(
      'text to video',
      'budget',
      'bytedance/seedance-1.0-pro-fast @ comfy-partner-node, google/veo-3.1-lite @ comfy-router',
      {
        maxPrice: dollars('0.60'),
        ...escalate('speed'),
        why: 'Volume. Consider a still first: rejecting stills costs a tenth of rejecting clips.',
      },
    ),
    houseRow('text to video', 'character', 'kling/v3-omni @ comfy-partner-node, minimax/h3 @ comfy-router', {
      needs: ['references'],
      maxPrice: dollars('3'),
      why: 'Models that carry a character through a shot from references.',
    }),

    houseRow(
      'image to video',
      'draft',
      'bytedance/seedance-1.0-pro-fast @ comfy-partner-node, runway/gen4-turbo @ runway',
      {
        maxPrice: dollars('0.30'),
        fallbacks: 2,
        why: 'To judge the move, not the pixels.',
      },
    ),
    houseRow(
      'image to video',
      'cinematic',
      'google/veo-3.1 @ google-vertex, runway/gen4.5 @ runway, kling/v3-pro @ comfy-partner-node',
      { maxPrice: dollars('5'), why: 'The still has fixed the look; these add the most believable motion.' },
    ),
    houseRow('image to video', 'speed', 'runway/gen4-turbo @ runway, google/veo-3.1-fast @ runway', {
      maxPrice: dollars('2'),
      ...escalate('cinematic'),
      why: 'Gen-4 Turbo starts from a first frame and takes a seed.',
    }),
    houseRow(
      'image to video',
      'budget',
      'bytedance/seedance-1.0-pro-fast @ comfy-partner-node, google/veo-3.1-lite @ comfy-router',
      { maxPrice: dollars('0.60'), ...escalate('speed'), why: 'Social cut-downs by the dozen.' },
    ),
    houseRow('image to video', 'character', 'kling/v3-omni @ comfy-partner-node, bytedance/seedance-2.0 @ runway', {
      needs: ['firstFrame'],
      maxPrice: dollars('4'),
      why: 'Holds the person in the still while they move.',
    }),

    houseRow('upscale', 'draft', 'recraft/crisp-upscale @ recraft', {
      maxPrice: dollars('0.02'),
      why: 'Drafts are not enlarged to be kept.',
    }),
    houseRow('upscale', 'cinematic', 'magnific/precision-v2 @ comfy-partner-node, topaz/image @ comfy-partner-node', {
      maxPrice: dollars('1'),
      why: 'Detail is invented with restraint. Plan the size upstream first.',
    }),
    houseRow('upscale', 'speed', 'recraft/crisp-upscale @ recraft, wavespeed/seedvr2 @ comfy-router', {
      maxPrice: dollars('0.05'),
      ...escalate('cinematic'),
      why: 'Clean edges at once.',
    }),
    houseRow('upscale', 'budget', 'recraft/crisp-upscale @ recraft, wavespeed/seedvr2 @ comfy-router', {
      maxPrice: dollars('0.02'),
      ...escalate('speed'),
      why: 'Under two cents.',
    }),
    houseRow('upscale', 'character', 'topaz/image @ comfy-partner-node, recraft/crisp-upscale @ recraft', {
      maxPrice: dollars('0.25'),
      why: 'Faces must not change: conservative enlargers only.',
    }),
  ],
};
