/** What a graph is called, also before anybody has named it. */
import { filesIn } from './imported-files.ts';
import { nodeIds, UNTITLED, type Graph } from './graph.ts';

/** Longest name that is taken from what a graph makes; as much as a card shows in two lines. */
const LONGEST = 48;

/** Its title. Without one: the first words of what it draws, or the file it works on; "Untitled" where there is neither. */
export function graphName(graph: Graph): string {
  if (graph.title !== UNTITLED) return graph.title;
  return firstWords(firstPrompt(graph)) || withoutEnding(filesIn(graph)[0]?.name ?? '') || UNTITLED;
}

/** The text of the prompt that is furthest to the left, where graphs begin; of several the topmost. */
function firstPrompt({ nodes }: Graph): string {
  const texts = nodeIds({ nodes }).flatMap((id) => {
    const { type, params, position } = nodes[id]!;
    const { text } = params;
    return type === 'prompt' && typeof text === 'string' && text.trim() ? [{ text, position }] : [];
  });
  texts.sort((a, b) => a.position.x - b.position.x || a.position.y - b.position.y);
  return texts[0]?.text ?? '';
}

/** Up to where a sentence pauses, and no longer than a name; what is left out at its end is marked. */
function firstWords(text: string): string {
  const [phrase = ''] = text
    .replaceAll(/[{}]/g, '')
    .trim()
    .split(/[,.;:!?\n]/);
  const words = phrase.trim().replaceAll(/\s+/g, ' ');
  const name = words.length > LONGEST ? `${cutAtWord(words)}…` : words;
  const [first = ''] = name;
  return first.toLocaleUpperCase() + name.slice(first.length);
}

function cutAtWord(text: string): string {
  const start = [...text].slice(0, LONGEST).join('');
  const end = start.lastIndexOf(' ');
  return end > 0 ? start.slice(0, end) : start;
}

const withoutEnding = (file: string): string => file.replace(/\.\w{1,5}$/, '').slice(0, LONGEST);
