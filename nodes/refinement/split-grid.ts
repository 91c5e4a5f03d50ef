import { defineNode, NodeError, p, s, say } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'split-grid',
  layer: 'refinement',
  version: 1,
  title: 'Split grid',
  summary: 'Takes one cell out of a picture that is a grid of pictures.',
  docs: 'For a storyboard of 3 × 3 or a character sheet that a model made as one picture. Cells are counted from the top left, row by row. For all nine stills choose “Split into stills” in its menu, so that each can be looked over, enlarged and animated by itself; or make the cell a column of the batch. Uniform lines between the cells and around them are left out.',
  example: { columns: 2, rows: 2, cell: 3 },
  inputs: { image: s.image() },
  outputs: { image: s.image() },
  params: {
    columns: p.int({ label: 'Columns', default: 3, min: 1, max: 12 }),
    rows: p.int({ label: 'Rows', default: 3, min: 1, max: 12 }),
    cell: p.int({ label: 'Cell', default: 1, min: 1, max: 144, help: 'From the top left, row by row.' }),
    trim: p.toggle({ label: 'Leave out the lines between', default: true }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 0.1, megabytes: 40 }),
  check: ({ params }) => checkCell(params),
  async run({ inputs, params }, ctx) {
    checkCell(params);
    const { columns, rows, cell } = params;
    const [{ crop, cropDepth }, { gridCell }, { raster, depth }] = await Promise.all([
      import('../../src/raster/filters.ts'),
      import('../../src/raster/grid-cells.ts'),
      ctx.artifacts.image(inputs.image),
    ]);
    await ctx.progress(0.2);
    const grid = { columns, rows, isTrimmed: params.trim };
    const { x, y, width, height } = gridCell(raster, grid, (cell - 1) % columns, Math.floor((cell - 1) / columns));
    if (width < 1 || height < 1)
      throw new NodeError('bad-params', 'This picture has fewer pixels than cells.', {
        hint: 'Use fewer columns or rows.',
      });
    const part = {
      x: x / raster.width,
      y: y / raster.height,
      width: width / raster.width,
      height: height / raster.height,
    };
    const cut = depth && cropDepth(depth, ...insideDepth(depth, part));
    const picture = { raster: crop(raster, x, y, width, height), ...(cut ? { depth: cut } : {}) };
    return { image: await ctx.artifacts.writeImageLike(inputs.image, picture, part) };
  },
});

function checkCell({
  columns,
  rows,
  cell,
}: {
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
}) {
  if (cell > columns * rows)
    throw new NodeError('bad-params', say('There are {0} {0|cell|cells}, and no cell {1}.', columns * rows, cell), {
      hint: 'Choose a smaller cell, or more columns or rows.',
    });
}

/** The same part of a depth map, which may be smaller than its picture. */
function insideDepth(
  depth: { readonly width: number; readonly height: number },
  part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): readonly [number, number, number, number] {
  return [
    Math.floor(part.x * depth.width),
    Math.floor(part.y * depth.height),
    Math.max(1, Math.floor(part.width * depth.width)),
    Math.max(1, Math.floor(part.height * depth.height)),
  ];
}
