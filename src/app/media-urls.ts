/** Object URLs for stored pictures and clips, made once each and let go when many newer ones came. */
import type { ArtifactHash } from '../core/ids.ts';
import type { ArtifactStore } from '../storage/artifacts.ts';
import type { MediaUrls } from '../ui/commands.ts';

const MOST = 400;

export function mediaUrls(artifacts: ArtifactStore): MediaUrls {
  const urls = new Map<ArtifactHash, Promise<string | undefined>>();
  return {
    get(hash) {
      let url = urls.get(hash);
      if (!url) {
        url = artifacts.get(hash).then((blob) => {
          if (!blob) urls.delete(hash);
          return blob && URL.createObjectURL(blob);
        });
        urls.set(hash, url);
        const [oldest] = urls.keys();
        if (urls.size > MOST && oldest) {
          void urls.get(oldest)!.then((old) => old && URL.revokeObjectURL(old));
          urls.delete(oldest);
        }
      }
      return url;
    },
  };
}
