/** One node run by itself over frames that were drawn for it. */
import type { Artifacts, NodeDefinition } from '../../src/core/node.ts';
import { parseParams } from '../../src/core/params.ts';
import type { Raster, Sound, VideoValue } from '../../src/core/values.ts';
import { registry } from '../../src/registry.ts';
import { contextOver } from './node-context.ts';

/** Keeps these frames as a clip. */
export const clipFrom = (
  artifacts: Artifacts,
  frames: readonly Raster[],
  { fps = 10, sound }: { readonly fps?: number; readonly sound?: Sound } = {},
): Promise<VideoValue> =>
  artifacts.writeClip(
    {
      width: frames[0]!.width,
      height: frames[0]!.height,
      fps,
      frames: frames.length,
      async *read() {
        yield* frames;
      },
      ...(sound ? { sound } : {}),
    },
    async () => {},
  );

export async function framesIn(artifacts: Artifacts, video: VideoValue): Promise<readonly Raster[]> {
  const frames = [];
  for await (const frame of (await artifacts.clip(video)).read()) frames.push(frame);
  return frames;
}

/** What a node of one clip makes of it. */
export async function clipMade(
  artifacts: Artifacts,
  id: string,
  video: VideoValue,
  params: Readonly<Record<string, unknown>> = {},
): Promise<VideoValue> {
  const definition = registry.get(id) as NodeDefinition;
  const { values, problems } = parseParams(definition.params, params);
  if (problems.length > 0) throw new TypeError(`These are no params of ${id}: ${JSON.stringify(params)}`);
  const context = contextOver(artifacts, new AbortController().signal);
  return ((await definition.run({ inputs: { video }, params: values } as never, context)) as { video: VideoValue })
    .video;
}
