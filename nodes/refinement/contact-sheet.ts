import { defineNode, NodeError, p, s, say } from '../../src/core/node-api.ts';
import { evenFrames } from './_clips.ts';

/** A larger picture is too much for some browsers. */
const MOST_PIXELS = 40e6;
const GROUNDS = { white: 255, grey: 128, black: 16 } as const;

export default defineNode({
  id: 'contact-sheet',
  layer: 'refinement',
  version: 1,
  title: 'Contact sheet',
  summary: 'Puts many pictures, or the frames of a clip, side by side into one.',
  docs: 'For looking at many takes at once, and for handing round what a clip shows. Pictures come in the order of their wires and are numbered; frames are taken evenly from the first to the last and have their time below. Cells have the shape of the first picture; others are fitted in, and nothing is cropped.',
  example: { columns: 2, width: 64, frames: 4 },
  inputs: {
    images: s.image({ many: true, optional: true, label: 'Images' }),
    video: s.video({ optional: true }),
  },
  outputs: { image: s.image() },
  params: {
    columns: p.int({ label: 'Columns', default: 3, min: 1, max: 12 }),
    frames: p.int({ label: 'Number of frames', default: 9, min: 1, max: 144, help: 'Of a clip.' }),
    width: p.int({ label: 'Cell width', default: 320, min: 32, max: 1024, unit: 'px' }),
    gap: p.int({ label: 'Gap', default: 8, min: 0, max: 100, unit: 'px' }),
    labels: p.toggle({ label: 'Labels', default: true }),
    ground: p.choice({ label: 'Ground', options: ['white', 'grey', 'black'], default: 'white', look: 'segments' }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 1, megabytes: 120 }),
  async run({ inputs: { images, video }, params }, ctx) {
    const shape = images[0] ?? video;
    if (!shape)
      throw new NodeError('bad-input', 'Nothing is connected to the contact sheet.', {
        hint: 'Connect pictures or a clip.',
      });
    const layout = {
      columns: params.columns,
      cell: { width: params.width, height: Math.max(1, Math.round((params.width * shape.height) / shape.width)) },
      gap: params.gap,
      isLabelled: params.labels,
      ground: GROUNDS[params.ground],
    };
    const frames = video ? evenFrames(video.frames, params.frames) : [];
    const { sheetOf, sheetSize } = await import('../../src/raster/sheet-of.ts');
    const { width, height } = sheetSize(images.length + frames.length, layout);
    if (width * height > MOST_PIXELS)
      throw new NodeError(
        'bad-params',
        say('The sheet would be {0} × {1} pixels, which is too large.', width, height),
        {
          hint: 'Use narrower cells, or fewer frames.',
        },
      );
    const clip = video && (await ctx.artifacts.clip(video));
    const pictures = [
      ...images.map((image, at) => ({
        label: String(at + 1),
        raster: async () => (await ctx.artifacts.image(image)).raster,
      })),
      ...frames.map((frame) => ({
        label: `${(frame / video!.fps).toFixed(2)} s`,
        raster: async () => {
          for await (const raster of clip!.readFrom(frame)) return raster;
          throw new TypeError('The clip has no such frame.');
        },
      })),
    ];
    return { image: await ctx.artifacts.writeImage({ raster: await sheetOf(pictures, layout, ctx.progress) }) };
  },
});
