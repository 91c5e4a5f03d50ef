/** What graphs are called on screen. */
import { graphName } from '../graph/graph-name.ts';
import { UNTITLED, type Graph } from '../graph/graph.ts';
import { t } from '../words/t.ts';

export const nameInWords = (graph: Graph): string => titleInWords(graphName(graph));
/** Of a title as lists have it. */
export const titleInWords = (title: string): string => (title === UNTITLED ? t('Untitled') : title);
