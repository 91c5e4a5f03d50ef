/** What the pictures that a ComfyUI workflow loads are for: told by the inputs they reach. */
import type { WorkflowPlace, WorkflowGraph } from '../routing/own-workflow.ts';
import { consumersIn, isWords, linksOf, nodeNamed, type Consumer } from './comfyui-links.ts';

/** Inputs of nodes that name a file of a picture. */
export const PICTURE_FILE = /^image(_path|_file)?$/;
const LOADS = /^(LoadImage|LoadImageOutput|LoadImageFrom\w+|VHS_LoadImagePath|Image ?Load(er)?)$/i;

type Role = 'still' | 'lastFrame' | 'reference';
const LAST = /^(end|last)_(image|frame)|^image_end$|^(image|frame)_last$/;
const FIRST = /^(start|first|init|input)_(image|frame)$|^image_start$|^image1?$|^pixels$|^latent_image$|^samples$/;
/** Nodes that take the look of a picture and not the picture itself. */
const LOOKS = /IPAdapter|StyleModel|Redux|CLIPVision|PuLID|InstantID|FaceID|PhotoMaker|ControlNet/i;

export type LoadedPictures = Readonly<Record<Role, readonly WorkflowPlace[]>>;

export function picturesIn(graph: WorkflowGraph, samplers: readonly string[]): LoadedPictures {
  const consumers = consumersIn(graph);
  const loaded = Object.entries(graph).flatMap(([node, { class_type: type, inputs }]) => {
    // What makes its picture from others is no source.
    if (!LOADS.test(type) || linksOf(nodeNamed(graph, node)).length > 0) return [];
    const input = Object.keys(inputs).find((name) => PICTURE_FILE.test(name) && isWords(inputs[name]));
    const reached = input === undefined ? [] : reachedFrom(node, consumers, samplers);
    return input === undefined || reached.length === 0 ? [] : [{ node, input, reached }];
  });
  const roles = loaded.map(({ node, input, reached }) => ({ place: { node, input }, role: roleOf(graph, reached) }));
  const of = (role: Role) => roles.filter((each) => each.role === role).map(({ place }) => place);
  // One picture is changed or animated; more of them are to look at.
  const [still, ...others] = of('still');
  return {
    still: still ? [still] : [],
    lastFrame: of('lastFrame'),
    reference: [...of('reference'), ...others],
  };
}

/** Every input that a loaded picture reaches before something new is made of it; its mask is another matter. */
function reachedFrom(
  node: string,
  consumers: ReadonlyMap<string, readonly Consumer[]>,
  samplers: readonly string[],
): readonly Consumer[] {
  const reached = (consumers.get(node) ?? []).filter(({ slot }) => slot === 0);
  const seen = new Set([node]);
  for (const { node: next } of reached) {
    if (seen.has(next) || samplers.includes(next)) continue;
    seen.add(next);
    // The list grows while it is walked.
    reached.push(...(consumers.get(next) ?? []));
  }
  return reached;
}

function roleOf(graph: WorkflowGraph, reached: readonly Consumer[]): Role {
  const typeOf = ({ node }: Consumer) => nodeNamed(graph, node)?.class_type ?? '';
  if (reached.some(({ input }) => LAST.test(input))) return 'lastFrame';
  const isTaken = (each: Consumer) => FIRST.test(each.input) && !LOOKS.test(typeOf(each));
  const nearest = reached.find((each) => isTaken(each) || LOOKS.test(typeOf(each)));
  const isClearlyFirst = reached.some(({ input }) => /^(start|first|init)_(image|frame)$|^latent_image$/.test(input));
  return isClearlyFirst || !nearest || isTaken(nearest) ? 'still' : 'reference';
}
