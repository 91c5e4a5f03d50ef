/** Which services can be asked, and why not the others. */
import { say, type Sentence } from '../core/say.ts';
import { own } from '../core/own.ts';
import { BUILT_IN } from './catalog.ts';
import type { ProviderView } from './job.ts';

export interface Readiness {
  /** The service. */
  readonly id: string;
  /** Of its adapter: another way of asking gives other results. Missing for what makes takes on our own threads. */
  readonly version?: number;
  readonly obstacle?: Obstacle;
  /** It says what its models cost, while it can be asked. */
  readonly saysPrices?: true;
  /** Of models that cannot be asked though the service can, by what the service calls them. */
  readonly obstacles?: Readonly<Record<string, Obstacle>>;
}
/** Why a service cannot be asked now. */
export interface Obstacle {
  /**
   * A key; an answer where it is looked for; or, without the local server or an adapter, somebody who could ask it.
   * `readiness`: it answers, and cannot be asked all the same, or nobody has said where it is.
   */
  readonly lacks: 'key' | 'answer' | 'readiness' | 'adapter';
  readonly reason: Sentence;
  /** It was set up to be asked, and is in trouble. */
  readonly isTrouble?: true;
}

/** Why a service cannot be asked for this model now. */
export const obstacleFor = ({ obstacle, obstacles }: Readiness, modelId: string): Obstacle | undefined =>
  obstacle ?? own(obstacles ?? {}, modelId);

/** Whether a service could take a request now. */
export const canBeAsked = ({ ready }: { readonly ready: readonly Readiness[] }, provider: string): boolean =>
  ready.some(({ id, obstacle }) => id === provider && !obstacle);

/** Without the gateway, and always: the built-in engine. */
export const ALWAYS_READY: readonly Readiness[] = [{ id: BUILT_IN.provider }];

/** What routing knows of services that the gateway told of. */
export const readinessOf = (providers: readonly ProviderView[]): readonly Readiness[] => [
  ...ALWAYS_READY,
  ...providers.map((provider) => {
    const obstacle = obstacleOf(provider);
    const { id, version, quotes, modelsSetAside } = provider;
    return {
      id,
      version,
      ...(obstacle ? { obstacle } : {}),
      ...(quotes ? { saysPrices: quotes } : {}),
      ...(modelsSetAside ? { obstacles: obstaclesOf(provider.name, modelsSetAside) } : {}),
    };
  }),
];

const obstaclesOf = (
  name: string,
  models: NonNullable<ProviderView['modelsSetAside']>,
): Readonly<Record<string, Obstacle>> =>
  Object.fromEntries(
    models.map(({ model, message }) => [
      model,
      {
        lacks: 'readiness',
        reason: say('{0} is not asked for it for a while: {1}', say(name), message),
        isTrouble: true,
      },
    ]),
  );

function obstacleOf({ name, key, isReady, isLocal, setAside, lastTest }: ProviderView): Obstacle | undefined {
  if (isReady) return undefined;
  if (key === 'missing') return { lacks: 'key', reason: say('no key for {0}', say(name)) };
  const reason = setAside
    ? say('{0} is set aside for a while: {1}', say(name), setAside.why)
    : lastTest?.works === false && lastTest.message
      ? say('{0} does not work: {1}', say(name), lastTest.message)
      : isLocal
        ? say('{0} was not found on this computer', say(name))
        : say('{0} is not set up', say(name));
  const trouble = setAside ?? (lastTest?.works === false ? lastTest : undefined);
  const isOffline = trouble ? trouble.isUnreachable === true : isLocal;
  // A server of this computer that does not run is as if it were not there.
  const isTrouble = setAside !== undefined || (trouble !== undefined && !isLocal);
  return { lacks: isOffline ? 'answer' : 'readiness', reason, ...(isTrouble ? { isTrouble } : {}) };
}
