/** Clips over each other, as a comparison shows them. */
import { useRef } from 'react';
import { useTogether } from '../../src/ui/together.ts';

export function ClipPair({ urls }: { readonly urls: readonly string[] }) {
  const frame = useRef<HTMLDivElement>(null);
  useTogether(frame);
  return (
    <div ref={frame}>
      {urls.map((url) => (
        <video key={url} src={url} muted loop playsInline />
      ))}
    </div>
  );
}
