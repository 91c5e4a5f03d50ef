/** A reference look that a person chose, as it is stored. */
import type { ArtifactHash, TakeId } from '../core/ids.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';

/**
 * An accepted take, or a picture of one's own. The picture has a `mime`, as all that is imported: storage keeps what is
 * named so.
 */
export type LookReference =
  | { readonly kind: 'take'; readonly take: TakeId; readonly artifact: ImageValue | VideoValue }
  | { readonly kind: 'picture'; readonly name: string; readonly artifact: ImageValue & { readonly mime: string } };

/** Which deliverables a reference is for. */
export type CampaignKey = `tag:${string}` | `batch:${string}` | `graph:${string}` | 'all';

/** Stored references; damaged ones are left out. */
export function readReferences(raw: unknown): Readonly<Record<string, LookReference>> {
  const found = Object.entries(isRecord(raw) ? raw : {}).flatMap(([key, stored]): [string, LookReference][] => {
    const reference = isRecord(stored) ? readReference(stored) : undefined;
    return reference ? [[key, reference]] : [];
  });
  return Object.fromEntries(found);
}

function readReference({ kind, take, name, artifact }: Loose): LookReference | undefined {
  if (!isRecord(artifact) || !isHash(artifact['hash'])) return undefined;
  const isSized = typeof artifact['width'] === 'number' && typeof artifact['height'] === 'number';
  const isPicture = artifact['kind'] === 'image';
  if (!isSized || !(isPicture || artifact['kind'] === 'video')) return undefined;
  if (kind === 'take' && typeof take === 'string')
    return { kind, take: take as TakeId, artifact: artifact as unknown as ImageValue | VideoValue };
  if (kind === 'picture' && isPicture && typeof name === 'string' && typeof artifact['mime'] === 'string')
    return { kind, name, artifact: artifact as unknown as ImageValue & { readonly mime: string } };
  return undefined;
}
const isHash = (value: unknown): value is ArtifactHash => typeof value === 'string' && value !== '';
