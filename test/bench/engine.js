/** Engine overhead per node: work that does nothing, so that only the engine is measured. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { medians, print } from './table.js';

/** Ours as the app ships it: bundled. The peers come bundled too. */
async function built() {
  const folder = mkdtempSync(join(tmpdir(), 'triptych-engine-'));
  const root = new URL('../..', import.meta.url).pathname;
  const input = {
    run: join(root, 'src/engine/run.ts'),
    graphs: join(root, 'test/rig/graphs.ts'),
    memory: join(root, 'test/rig/memory-ports.ts'),
    lineage: join(root, 'src/graph/lineage.ts'),
  };
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: { ssr: true, target: 'es2023', outDir: folder, emptyOutDir: true, rollupOptions: { input } },
  });
  const load = (name) => import(join(folder, `${name}.js`));
  return { ...(await load('run')), ...(await load('graphs')), ...(await load('memory')), ...(await load('lineage')) };
}

const ROUNDS = 7;
const SHAPES = {
  chain: (n) => Array.from({ length: n }, (_, k) => (k ? [k - 1] : [])),
  fan: (n) => Array.from({ length: n }, (_, k) => (k ? [0] : [])),
  layered: (n) => {
    const wide = Math.round(Math.sqrt(n));
    return Array.from({ length: n }, (_, k) =>
      k < wide ? [] : [0, 1, 2].map((j) => (Math.floor(k / wide) - 1) * wide + ((k + j * 7) % wide)),
    );
  },
};

/** A topological loop with one await per node: what any asynchronous engine pays at least. */
async function bare(needs) {
  const values = new Array(needs.length);
  for (let k = 0; k < needs.length; k++) {
    let sum = 1;
    for (const need of needs[k]) sum += values[need];
    values[k] = await Promise.resolve(sum);
  }
  return values.at(-1);
}

async function rete(needs) {
  const { NodeEditor, ClassicPreset } = await import('rete');
  const { DataflowEngine } = await import('rete-engine');
  const socket = new ClassicPreset.Socket('n');
  class Sum extends ClassicPreset.Node {
    constructor() {
      super('sum');
      this.addInput('in', new ClassicPreset.Input(socket, '', true));
      this.addOutput('out', new ClassicPreset.Output(socket));
    }
    data(inputs) {
      return { out: (inputs.in ?? []).reduce((a, b) => a + b, 1) };
    }
  }
  const editor = new NodeEditor();
  const engine = new DataflowEngine();
  editor.use(engine);
  const nodes = needs.map(() => new Sum());
  for (const node of nodes) await editor.addNode(node);
  for (let k = 0; k < needs.length; k++)
    for (const need of needs[k])
      await editor.addConnection(new ClassicPreset.Connection(nodes[need], 'out', nodes[k], 'in'));
  const used = new Set(needs.flat());
  const ends = nodes.filter((_, k) => !used.has(k));
  return async () => {
    engine.reset();
    for (const end of ends) await engine.fetch(end.id);
  };
}

async function litegraph(needs) {
  globalThis.window ??= globalThis;
  globalThis.document ??= { createElement: () => ({ getContext: () => null, style: {} }), addEventListener() {} };
  globalThis.HTMLElement ??= class {};
  globalThis.CustomEvent ??= class {};
  const { LGraph, LGraphNode, LiteGraph } = await import('@comfyorg/litegraph');
  class Sum extends LGraphNode {
    constructor() {
      super('sum');
      for (let k = 0; k < 3; k++) this.addInput(`in${k}`, 'number');
      this.addOutput('out', 'number');
    }
    onExecute() {
      let sum = 1;
      for (let k = 0; k < 3; k++) sum += this.getInputData(k) ?? 0;
      this.setOutputData(0, sum);
    }
  }
  LiteGraph.registerNodeType('bench/sum', Sum);
  const graph = new LGraph();
  const nodes = needs.map(() => {
    const node = LiteGraph.createNode('bench/sum');
    graph.add(node, true);
    return node;
  });
  for (let k = 0; k < needs.length; k++) needs[k].forEach((need, slot) => nodes[need].connect(0, nodes[k], slot));
  graph.updateExecutionOrder?.();
  return async () => graph.runStep(1);
}

async function rivet(needs) {
  const core = await import('@ironclad/rivet-core');
  const id = (k) => `n${k}`;
  const nodes = needs.map((sources, k) => ({
    id: id(k),
    type: sources.length ? 'passthrough' : 'text',
    title: `t${k}`,
    visualData: { x: 0, y: 0, width: 200 },
    data: sources.length ? {} : { text: '1' },
  }));
  const connections = needs.flatMap((sources, k) =>
    sources.map((need, j) => ({
      outputNodeId: id(need),
      outputId: needs[need].length ? 'output1' : 'output',
      inputNodeId: id(k),
      inputId: `input${j + 1}`,
    })),
  );
  const graph = { metadata: { id: 'g', name: 'g', description: '' }, nodes, connections };
  const project = {
    metadata: { id: 'p', title: 'p', description: '', mainGraphId: 'g' },
    graphs: { g: graph },
    plugins: [],
  };
  return async () => {
    const { processor } = core.coreCreateProcessor
      ? { processor: core.coreCreateProcessor(project, { graph: 'g', inputs: {}, context: {}, settings: {} }) }
      : {};
    await processor.run();
  };
}

export async function bench() {
  // Before litegraph's stand-ins for a page exist: some packages take them for a real one.
  await Promise.all([import('@ironclad/rivet-core'), import('rete'), import('rete-engine')]);
  const { run, nodesWith, toys, graphOf, memoryPorts } = await built();
  const rows = [];
  for (const [shape, needsOf] of Object.entries(SHAPES)) {
    for (const n of [100, 1000, 10_000]) {
      const needs = needsOf(n);
      // So that small graphs, too, are walked by code the machine has come to know.
      const warmups = Math.ceil(3000 / n);
      const graph = graphOf(
        Object.fromEntries(needs.map((_, k) => [`k${k}`, ['sum', { add: k }]])),
        needs.flatMap((sources, k) => sources.map((need) => `k${need}.out > k${k}.terms`)),
      );
      const options = { mode: 'delivery' };
      const never = new AbortController().signal;
      // A null executor: the engine's own work only, with content keys, events and results kept.
      let counter = 0;
      let heard = 0;
      const fresh = () => ({
        ...memoryPorts(toys),
        emit: () => void heard++,
        execute: async () => ({ ok: true, value: { outputs: { out: { kind: 'number', number: counter++ } }, ms: 0 } }),
      });
      const kept = fresh();
      // A graph of its own: what the engine remembers of one fits the results it was run with.
      const own = { ...graph, wires: { ...graph.wires } };
      await run(own, options, kept, never);
      // Edits are the document's work and come from the page as the nodes they put in place, so they are made beforehand.
      const last = `k${n - 1}`;
      const edits = [own];
      for (let k = 0; k < warmups + ROUNDS; k++)
        edits.push({
          ...own,
          nodes: nodesWith(edits[k].nodes, { [last]: { ...own.nodes[last], params: { add: -1 - k } } }),
        });
      const peers = {};
      if (n <= 1000 || shape !== 'layered') peers.rete = await rete(needs).catch(() => undefined);
      peers.litegraph = await litegraph(needs).catch(() => undefined);
      // Beyond this its recursion overflows the stack and ends the process.
      if (n === 100 || (n === 1000 && shape === 'layered')) peers.rivet = await rivet(needs).catch(() => undefined);
      const jobs = {
        bare: () => bare(needs),
        first: () => run({ ...graph, wires: { ...graph.wires } }, options, fresh(), never),
        ours: () => run(graph, options, fresh(), never),
        changed: () => run(edits.shift(), options, kept, never),
      };
      for (const [name, peer] of Object.entries(peers))
        if (peer)
          jobs[name] = () =>
            peer().catch?.(() => {
              throw new Error(name);
            });
      const failed = new Set();
      for (const name of Object.keys(jobs)) {
        try {
          for (let k = 0; k < warmups; k++) await jobs[name]();
        } catch {
          failed.add(name);
          delete jobs[name];
        }
      }
      const ms = await medians(ROUNDS, jobs);
      const per = (name) => (failed.has(name) ? 'failed' : ms[name] === undefined ? '–' : (ms[name] * 1e6) / n);
      rows.push([
        `${shape} ${n}`,
        per('bare'),
        per('first'),
        per('ours'),
        ms.changed,
        per('litegraph'),
        per('rete'),
        per('rivet'),
      ]);
    }
  }
  print(
    'Engine overhead, ns per node: first run of a graph (compiled meanwhile), full run (as the peers: built before), one node changed (ms for the whole graph)',
    ['', 'bare loop', 'first run', 'triptych', 'changed, ms', 'litegraph', 'rete', 'rivet'],
    rows,
  );
}
