/** Every service that can be asked, by its id: a file of this folder and a line here. */
import type { Provider } from '../routing/provider.ts';
import { sketchProvider } from './sketch-provider.ts';

export const PROVIDERS: ReadonlyMap<string, Provider> = new Map(
  [sketchProvider].map((provider) => [provider.id, provider]),
);
