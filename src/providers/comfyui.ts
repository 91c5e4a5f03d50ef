/** ComfyUI on this computer: pictures with workflows built from what it has, and whatever a workflow of one's own makes. */
import { say, type Said } from '../core/say.ts';
import type { JobRequest } from '../routing/job-request.ts';
import { withValue, type WorkflowGraph } from '../routing/own-workflow.ts';
import type { Access, Adapter, JobWatch, JobRef, JobMade, Submitting } from './adapter.ts';
import { askedAfter } from './answer-trouble.ts';
import { eventsOf, type Events } from './comfyui-events.ts';
import { draftOfOwn, nodesIn } from './comfyui-own.ts';
import { resultIn } from './comfyui-result.ts';
import {
  ask,
  ended,
  findJob,
  jobOf,
  nodeFacts,
  nodeKinds,
  notComfyUi,
  queueOf,
  upload,
  type Ended,
} from './comfyui-server.ts';
import type { ComfyJob } from './comfyui-server.ts';
import { classifyComfyUi, failureIn, gone, leftOutOf } from './comfyui-trouble.ts';
import { checkpointsIn, draftFor, nodesFor, upscalersIn, type Draft } from './comfyui-draft.ts';
import { ServiceTrouble } from './service-trouble.ts';

/** Between two looks at the history. While events come, it is looked at in case one was lost. */
const LOOK_MS = 1000;
const LOOK_WHILE_LISTENING_MS = 4000;
/** A workflow that has arrived is checked before it is in the queue. */
const LOOKUP_LOOKS = 3;
const LOOKUP_MS = 3000;
/** A job that was interrupted stops at the next step of the sampler. */
const STOP_LOOKS = 5;

export const comfyui: Adapter = {
  id: 'comfyui-local',
  version: 1,
  name: 'ComfyUI',
  home: 'http://127.0.0.1:8188',
  // Its desktop app listens at the second.
  ports: [8188, 8000],
  hosts: [],
  isLocal: true,
  keyNames: [],
  // It makes one at a time; the next one waits there, so that it never idles.
  atOnce: 2,
  longestMs: 6 * 3_600_000,

  async submit(request, access) {
    const job = await jobOf(access.id);
    const draft = await drafted(request, job, access);
    const prompt = await withPictures(draft, access);
    // Newer servers send previews only where a job asks for them.
    const extra = { preview_method: 'auto' };
    const { json } = await access.call({
      method: 'POST',
      to: '/prompt',
      json: { prompt, prompt_id: job.prompt, client_id: job.client, extra_data: extra },
      pays: true,
    });
    const given = (json as { prompt_id?: unknown } | undefined)?.prompt_id;
    if (typeof given !== 'string')
      throw new ServiceTrouble('lost', say('ComfyUI did not say whether it took the job.'));
    const leftOut = leftOutOf(json);
    const ref = refOf({ ...job, prompt: given }, draft);
    return { job: leftOut ? { ...ref, leftOut: JSON.stringify(leftOut) } : ref };
  },

  async follow(ref, access, request) {
    const job = comfyJob(ref);
    const events = eventsOf(job, access);
    try {
      const end = await askedAfter('ComfyUI', untilEnded(job, access, events), []);
      return madeOf(end, ref, request, access);
    } finally {
      events.close();
    }
  },

  async lookup(id, access, request) {
    const named = await jobOf(id);
    for (let looks = 1; ; looks++) {
      const job = await findJob(access, named);
      if (job) {
        const draft = await drafted(request, named, access).catch(() => undefined);
        return { job: refOf(job, draft) };
      }
      if (looks === LOOKUP_LOOKS) return undefined;
      await access.pause(LOOKUP_MS);
    }
  },

  async cancel(ref, access) {
    const { prompt } = comfyJob(ref);
    await access.call({ method: 'POST', to: '/queue', json: { delete: [prompt] } });
    const { running } = await queueOf(access);
    // Older servers stop whatever runs: they are asked only while that is ours.
    if (running.some((each) => each.prompt === prompt))
      await access.call({ method: 'POST', to: '/interrupt', json: { prompt_id: prompt } });
    for (let looks = 1; ; looks++) {
      const end = await ended(access, prompt);
      if (end) return failureIn(end) ? 'cancelled' : 'late';
      const { running: still, pending } = await queueOf(access);
      const goesOn = [...still, ...pending].some((each) => each.prompt === prompt);
      if (!goesOn) return (await endedWell(access, prompt)) ? 'late' : 'cancelled';
      if (looks === STOP_LOOKS) return 'asked';
      await access.pause(LOOK_MS);
    }
  },

  classify: classifyComfyUi,

  async test(access) {
    const { system } = await ask(access, '/system_stats');
    if (typeof system !== 'object') throw notComfyUi(access);
  },

  nodes: (names, access) => nodeFacts(access, names),

  async models(access) {
    const kinds = await nodeKinds(access, ['CheckpointLoaderSimple', 'UpscaleModelLoader']);
    return [
      ...checkpointsIn(kinds).map((model) => ({ model, works: ['text to image', 'image edit'] as const })),
      ...upscalersIn(kinds).map((model) => ({ model, works: ['upscale'] as const })),
    ];
  },
};

const comfyJob = ({ prompt = '', client = '' }: JobRef): ComfyJob => ({ prompt, client });

/** With what has to be said about the result when it comes. */
const refOf = (job: ComfyJob, draft: Draft | undefined): JobRef => ({
  ...job,
  ...(draft?.seed === undefined ? {} : { seed: String(draft.seed) }),
  ...(draft && draft.notes.length > 0 ? { notes: JSON.stringify(draft.notes) } : {}),
});

/** The workflow of a request, built or the person's own. Throws where ComfyUI lacks what it needs. */
async function drafted(request: JobRequest, job: ComfyJob, access: Access): Promise<Draft> {
  // A request without a seed gets one that is the same whenever it is looked at again.
  const seed = request.seed ?? Number.parseInt(job.prompt.slice(0, 8), 16);
  const { workflow } = request;
  if (workflow) return draftOfOwn(workflow, request, await nodeKinds(access, nodesIn(workflow.graph)), seed);
  const kinds = await nodeKinds(access, nodesFor(request.work));
  return draftFor(request, kinds, seed, `triptych/${job.prompt.slice(0, 8)}`);
}

/** The workflow, when its pictures are at ComfyUI. */
async function withPictures({ graph, pictures }: Draft, access: Submitting): Promise<WorkflowGraph> {
  let whole = graph;
  for (const { picture, at } of pictures)
    whole = withValue(whole, at, await upload(access, await access.picture(picture)));
  return whole;
}

/** Waits until the job is in the history; says how far it is. Whoever called asks again where ComfyUI does not answer. */
async function untilEnded(job: ComfyJob, access: JobWatch, events: Events): Promise<Ended> {
  for (;;) {
    const end = await ended(access, job.prompt);
    if (end) return end;
    const graph = await reportPlace(job, access, events);
    if (!graph) {
      // It may have ended between the two questions.
      const late = await ended(access, job.prompt);
      if (late) return late;
      throw gone();
    }
    events.keepListening(graph);
    await Promise.race([access.pause(events.isListening ? LOOK_WHILE_LISTENING_MS : LOOK_MS), events.news()]);
  }
}

/** @returns the job's graph; `undefined` where it neither waits nor runs */
async function reportPlace({ prompt }: ComfyJob, access: JobWatch, { isListening }: Events) {
  const { running, pending } = await queueOf(access);
  const at = running.find((each) => each.prompt === prompt);
  // Events say more of a job that runs.
  if (at && !isListening) access.report({ state: 'running' });
  if (at) return at.graph;
  const place = pending.findIndex((each) => each.prompt === prompt);
  if (place < 0) return undefined;
  access.report({ state: 'queued', place: running.length + place });
  return pending[place]!.graph;
}

function madeOf(end: Ended, ref: JobRef, request: JobRequest, { base }: Access): JobMade {
  const failure = failureIn(end);
  if (failure) throw failure;
  const output = request.workflow?.output;
  const result = resultIn(end, request.work, output);
  if (!result && output !== undefined)
    throw new ServiceTrouble(
      'unreadable',
      say('The node {0} of the workflow, which should make the result, saved none.', output),
      { hint: leftOutIn(ref) ?? say('Open the workflow in the catalog, and say which of its nodes makes the result.') },
    );
  if (!result)
    throw new ServiceTrouble('unreadable', say('ComfyUI saved nothing that could be the result.'), {
      hint: say('Look at what the last node of the workflow saves.'),
    });
  const leftOut = leftOutIn(ref);
  const notes = [...notesIn(ref), ...(leftOut ? [leftOut] : []), ...result.notes];
  const seed = ref['seed'] === undefined ? {} : { seed: Number(ref['seed']) };
  return { output: { url: base + result.path }, ...seed, ...(notes.length > 0 ? { notes } : {}) };
}
const leftOutIn = ({ leftOut }: JobRef): Said | undefined =>
  leftOut === undefined ? undefined : (JSON.parse(leftOut) as Said);
const notesIn = ({ notes }: JobRef): readonly Said[] => (notes === undefined ? [] : (JSON.parse(notes) as Said[]));

async function endedWell(access: Access, prompt: string): Promise<boolean> {
  const end = await ended(access, prompt);
  return end !== undefined && !failureIn(end);
}
