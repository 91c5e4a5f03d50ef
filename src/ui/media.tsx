/** A stored picture or clip on the page. */
import { useEffect, useState } from 'react';
import type { ArtifactHash } from '../core/ids.ts';
import type { ImageValue, Outputs, VideoValue } from '../core/values.ts';
import { useApp } from './app-context.ts';
import { t } from '../words/t.ts';

/** The object URL of an artifact; `undefined` while it loads or when it is gone. */
export function useUrl(hash: ArtifactHash | undefined): string | undefined {
  const { urls } = useApp();
  const [loaded, setLoaded] = useState<{ hash: ArtifactHash; url: string | undefined }>();
  useEffect(() => {
    if (!hash) return undefined;
    let current = true;
    const held = urls.hold(hash);
    void held.url.then((url) => current && setLoaded({ hash, url }));
    return () => {
      current = false;
      held.release();
    };
  }, [hash, urls]);
  return loaded && loaded.hash === hash ? loaded.url : undefined;
}

export function Media({
  value,
  of,
  controls = false,
}: {
  readonly value: ImageValue | VideoValue;
  /** What made it, or what it is: part of its name. */
  readonly of: string;
  readonly controls?: boolean;
}) {
  const url = useUrl(value.hash);
  if (!url) return null;
  if (value.kind === 'image') return <img src={url} alt={t('Result of {0}', of)} draggable={false} decoding="async" />;
  return (
    <video
      src={url}
      aria-label={t('Result of {0}', of)}
      autoPlay={!matchMedia('(prefers-reduced-motion: reduce)').matches}
      loop
      muted
      playsInline
      controls={controls}
    />
  );
}

/** The picture or clip among a node's outputs. */
export function pictureIn(outputs: Outputs | undefined): ImageValue | VideoValue | undefined {
  for (const value of Object.values(outputs ?? {})) {
    if (value?.kind === 'image' || value?.kind === 'video') return value;
    if (value?.kind === 'reference') return value.image;
  }
  return undefined;
}
