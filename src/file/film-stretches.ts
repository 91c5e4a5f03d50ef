/** Which frames a film shows, asked of its node. */
import { NodeError } from '../core/errors.ts';
import type { Artifacts, Stretch, WholeRegistry } from '../core/node.ts';
import { say } from '../core/say.ts';
import type { FilmClips } from './hand-off.ts';

/** Throws a `NodeError` where its node does not say, or where a clip that has to be looked at cannot be read. */
export async function stretchesOfFilm(
  registry: WholeRegistry,
  { type, params, inputs }: Pick<FilmClips, 'type' | 'params' | 'inputs'>,
  artifacts: Artifacts,
): Promise<readonly Stretch[]> {
  const definition = registry.get(type);
  if (!definition?.stretches)
    throw new NodeError(
      'unsupported',
      say('{0} does not say which frames of its clips it shows.', say(definition?.title ?? type)),
      {
        hint: 'Join the clips with Stitch to hand off their cut.',
      },
    );
  const stretches = await definition.stretches({ params, inputs } as Parameters<typeof definition.stretches>[0], {
    artifacts,
    progress: async () => {},
  });
  // Nothing else that the node holds of its clips: this travels between threads.
  return stretches.map(({ length, from, end, overlap }) => ({ length, from, end, overlap }));
}
