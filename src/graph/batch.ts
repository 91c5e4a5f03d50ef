/** A batch: one run of a graph for each row of a table. A column is a param, or one of a prompt's variables. */
import type { Batch, Graph } from './graph.ts';

export const NO_BATCH: Batch = { columns: [], rows: [] };
export const batchOf = (graph: Pick<Graph, 'batch'>): Batch => graph.batch ?? NO_BATCH;
