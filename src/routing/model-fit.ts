/**
 * A request as far as one model takes it: what is rounded, and what is left out, is said. The dry run, the price and
 * the job that is sent all go by this, so that they agree.
 */
import { isVideoWork, type TakeRequest } from '../core/take.ts';
import { say, type Sentence } from '../core/say.ts';
import type { Model, Offer } from './catalog.ts';
import { framesSent, whyLastFrame } from './clip-sent.ts';
import type { ModelFields } from './job-request.ts';
import type { OwnWorkflow } from './own-workflow.ts';
import type { WorkSize } from './prices.ts';

export interface Fit {
  /** What the model takes of what a request may say. */
  readonly sends: {
    readonly seed: boolean;
    readonly guidance: boolean;
    readonly negative: boolean;
    /** How many of its reference pictures, from the first. */
    readonly references: number;
    readonly sound: boolean;
    /** How many frames from the end of the clip that it goes on from; left out where it begins with its last frame. */
    readonly tailFrames?: number;
  };
  /** Whole pixels. */
  readonly width: number;
  readonly height: number;
  /** Of clips; a length the model makes. */
  readonly seconds: number;
  readonly fields?: ModelFields;
  readonly workflow?: OwnWorkflow;
  /** What is not as it was asked for, each with the input it is about. */
  readonly notes: readonly FitNote[];
}
export interface FitNote {
  readonly input: 'seed' | 'guidance' | 'prompt' | 'references' | 'motion' | 'sound' | 'video';
  readonly says: Sentence;
}

/** What is sent where nobody said anything: a model that leaves it out does as was asked. */
const USUAL_GUIDANCE = 7;
const USUAL_FPS = 24;

export function fitTo(
  request: TakeRequest,
  size: WorkSize,
  { supports, name }: Model,
  { fields, workflow, extending }: Pick<Offer, 'fields' | 'workflow'> & { readonly extending?: Offer['extending'] },
): Fit {
  const notes: FitNote[] = [];
  const note = (input: FitNote['input'], says: Sentence) => notes.push({ input, says });
  const isVideo = isVideoWork(request.work);
  // What nobody knows is not sent: some services refuse a whole request for one word they do not know.
  const takes = (what: 'seed' | 'guidance' | 'negative') => supports[what] === true;
  const model = say(name);

  if (!takes('seed')) note('seed', say('Seed ignored: {0} has none, so it will not repeat.', model));
  if (!takes('guidance') && (request.isGuidanceSet || request.guidance.scale !== USUAL_GUIDANCE))
    note('guidance', say('Guidance of {0} ignored: {1} has none.', request.guidance.scale, model));
  if (!takes('negative') && request.prompt.negative.trim() !== '')
    note('prompt', say('Negative prompt ignored: {0} has none.', model));

  const most = supports.references === true ? (supports.mostReferences ?? Infinity) : 0;
  const references = Math.min(most, request.references.length);
  if (references < request.references.length)
    note(
      'references',
      say('Reference pictures: {0} of {1}, the most that {2} can take.', references, request.references.length, model),
    );

  // Of services of a single vendor the adapter says what becomes of it.
  if (references > 0 && fields && !fields.strength)
    note('references', say('Strength of references ignored: {0} has none.', model));
  const { fps = USUAL_FPS } = request.motion ?? {};
  if (isVideo && fps !== USUAL_FPS && fields && !fields.fps)
    note('motion', say('Frame rate ignored ({0}): it is up to {1}.', fps, model));

  // Services of a single vendor know the word for it; of others the catalog has to.
  const hasWord = fields === undefined ? workflow === undefined : fields.audio !== undefined;
  const sound = isVideo && request.sound === true && supports.audio === true && hasWord;
  if (isVideo && request.sound && !sound)
    note(
      'sound',
      supports.audio === false
        ? say('Sound ignored: clips of {0} are silent.', model)
        : say('Sound ignored: nobody has written down how {0} is asked for it.', model),
    );

  const { continues } = request;
  const clipField = continues && fields?.clip;
  const tailFrames = clipField && framesSent(continues, clipField);
  if (tailFrames !== undefined && continues) {
    const tail = tailFrames / continues.clip.fps;
    const most = continues.clip.frames / continues.clip.fps;
    if (Math.abs(tail - Math.min(continues.tail, most)) > 1 / continues.clip.fps)
      note(
        'video',
        say('Tail: {0} s in place of {1} s; other lengths are not taken by {2}.', tail, continues.tail, model),
      );
  } else if (isVideo && continues) {
    const why = extending && whyLastFrame(continues, extending, model, request.lastFrame !== undefined);
    note(
      'video',
      why ??
        (supports.extend === true
          ? say('Goes on from the last frame: nobody has written down how {0} is given a clip.', model)
          : say('Goes on from the last frame: {0} is not known to take a clip.', model)),
    );
  }
  if (isVideo && request.motion?.loop && supports.loop !== true)
    note('motion', say('Loop ignored: {0} is not asked for one. Give it the still as last frame too.', model));

  const lengths = clipField ? (fields.duration?.values ?? supports.durations) : supports.durations;
  const seconds = isVideo ? lengthFor(size.seconds, lengths) : 0;
  if (isVideo && seconds !== size.seconds)
    note(
      'motion',
      say('Length: {0} s in place of {1} s; other lengths are not made by {2}.', seconds, size.seconds, model),
    );

  return {
    sends: {
      seed: takes('seed'),
      guidance: takes('guidance'),
      negative: takes('negative'),
      references,
      sound,
      ...(tailFrames ? { tailFrames } : {}),
    },
    width: size.width,
    height: size.height,
    seconds,
    ...(fields ? { fields } : {}),
    ...(workflow ? { workflow } : {}),
    notes,
  };
}

/** The next length up that the model makes; beyond its longest there is none, and the resolver has said so. */
const lengthFor = (seconds: number, durations: readonly number[] | undefined): number =>
  durations?.find((duration) => duration >= seconds) ?? durations?.at(-1) ?? seconds;
