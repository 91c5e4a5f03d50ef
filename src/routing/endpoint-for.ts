/** How a model that is offered is asked for a kind of work: under which name, and with which fields. */
import { say } from '../core/say.ts';
import type { Continued, WorkKind } from '../core/take.ts';
import type { Offer } from './catalog.ts';
import { whyLastFrame } from './clip-sent.ts';
import type { FieldOfPictures, ModelFields } from './job-request.ts';

/** Services with so many models that no adapter knows them: only what the catalog says of one can be asked. */
const OF_MANY_MODELS: readonly string[] = ['fal', 'replicate'];

/** Which pictures go along with a request, and what it goes on from. */
export interface Pictures {
  readonly still: boolean;
  readonly lastFrame?: boolean;
  readonly references: boolean;
  readonly continues?: Continued | undefined;
}

/**
 * Services have models that take pictures under a name of their own. `undefined`: nobody has written down how the model
 * is asked for this, or it cannot be: it would make nothing, or something else, of the pictures that go along.
 */
export function endpointFor(
  { provider, modelId, names, fields, works, between, extending, workflow, needsOwnWorkflow }: Offer,
  work: WorkKind,
  pictures: Pictures,
): Pick<Offer, 'modelId' | 'fields' | 'workflow'> | undefined {
  if (workflow) return { modelId, workflow };
  if (needsOwnWorkflow) return undefined;
  if (extending && pictures.continues && !whyLastFrame(pictures.continues, extending, say(''), !!pictures.lastFrame))
    return extending;
  if (!fields && !works && !OF_MANY_MODELS.includes(provider)) return { modelId: names?.[work] ?? modelId };
  const named = fields && { modelId, fields };
  // A picture that is made after others is made as an edit of them, where a model has no other place for them.
  const afterOthers = work === 'text to image' && pictures.references ? works?.['image edit'] : undefined;
  const betweenTwo = pictures.lastFrame ? between : undefined;
  const endpoints = [betweenTwo, works?.[work], named, afterOthers].filter((endpoint) => endpoint !== undefined);
  const able = endpoints.filter((endpoint) => takes(endpoint.fields, pictures));
  return pictures.references ? (able.find((endpoint) => endpoint.fields.references) ?? able[0]) : able[0];
}

/** Whether a service calls a model so for any kind of work. */
export const isCalled = ({ modelId, names, works, between, extending }: Offer, called: string): boolean =>
  [
    modelId,
    ...Object.values(names ?? {}),
    ...[...Object.values(works ?? {}), between, extending].map((one) => one?.modelId),
  ].includes(called);

/** Whether the still and the last frame have a place, and every place that has to be filled is filled. */
function takes({ still, lastFrame, references }: ModelFields, given: Pictures): boolean {
  if ((given.still && !still) || (given.lastFrame && !lastFrame)) return false;
  const filled = [
    given.still ? still : undefined,
    given.lastFrame ? lastFrame : undefined,
    given.references ? references : undefined,
  ];
  const isFilled = ({ name }: FieldOfPictures) => filled.some((field) => field?.name === name);
  return [still, lastFrame, references].every((field) => !field?.isNeeded || isFilled(field));
}
