/** Measures of a stored artifact. */
import type { Artifacts } from '../core/node.ts';
import type { Measured } from '../core/take.ts';
import type { AcceptanceValue, ImageValue, VideoValue } from '../core/values.ts';
import { overWhite } from '../raster/opaque.ts';
import { measureClip, measureStill } from './measure.ts';

export async function measureArtifact(
  artifact: ImageValue | VideoValue,
  acceptance: AcceptanceValue,
  artifacts: Artifacts,
): Promise<Measured[]> {
  const reference = acceptance.reference && overWhite((await artifacts.image(acceptance.reference)).raster);
  if (artifact.kind === 'video') return measureClip(await artifacts.clip(artifact), acceptance, reference);
  return measureStill(overWhite((await artifacts.image(artifact)).raster), acceptance, reference);
}
