/** Benchmarks that need a browser: encoders, and the canvas beside a bare React Flow page with the same cards. */
import { Background, Handle, Position, ReactFlow, ReactFlowProvider, useReactFlow, type Node } from '@xyflow/react';
import { memo, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import '../../src/ui/theme/tokens.css';
import '../../src/ui/theme/base.css';
import '../../src/ui/theme/widgets.css';
import type { Graph } from '../../src/graph/graph.ts';
import { pngOf } from '../../src/media/image.ts';
import { chooseCodec } from '../../src/media/codec.ts';
import { encodeClip } from '../../src/media/video.ts';
import { registry } from '../../src/registry.ts';
import { createDocument } from '../../src/state/document.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createQueue } from '../../src/state/queue.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { AppContext, type App } from '../../src/ui/app-context.ts';
import { Canvas } from '../../src/ui/canvas/canvas.tsx';
import { CARD_WIDTH, cardShape } from '../../src/ui/canvas/card-size.ts';
import { sketchStill } from '../../src/sketch/sketch.ts';
import { graphOf } from '../rig/graphs.ts';

const bench = {
  async codecs() {
    const { raster } = await sketchStill(
      {
        prompt: 'mountain lake',
        negative: '',
        seed: 1,
        guidance: 7,
        width: 1024,
        height: 1024,
        simple: false,
        references: [],
      },
      async () => {},
    );
    const time = async (job: () => Promise<unknown>) => {
      const times = [];
      for (let k = 0; k < 5; k++) {
        const start = performance.now();
        await job();
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[2]!;
    };
    const canvas = async () => {
      const context = new OffscreenCanvas(1024, 1024).getContext('2d')!;
      context.putImageData(new ImageData(raster.data as Uint8ClampedArray<ArrayBuffer>, 1024, 1024), 0, 0);
      await context.canvas.convertToBlob();
    };
    const frames = Array.from({ length: 48 }, (_, k) => ({
      width: 1280,
      height: 720,
      data: new Uint8ClampedArray(1280 * 720 * 4).map((_, i) => (i * 7 + k * 13) & 127),
    }));
    const { config } = await chooseCodec('mp4', 1280, 720, 24, 0.8);
    const bare = async () => {
      const encoder = new VideoEncoder({ output() {}, error: (error) => console.error(error) });
      encoder.configure(config);
      for (const [k, frame] of frames.entries()) {
        const picture = new VideoFrame(frame.data, {
          format: 'RGBX',
          codedWidth: 1280,
          codedHeight: 720,
          timestamp: (k * 1e6) / 24,
        });
        encoder.encode(picture, { keyFrame: k === 0 });
        picture.close();
      }
      await encoder.flush();
      encoder.close();
    };
    const ours = () =>
      encodeClip(
        {
          width: 1280,
          height: 720,
          fps: 24,
          frames: 48,
          read: async function* () {
            yield* frames;
          },
        },
        'mp4',
        0.8,
        async () => {},
      );
    return {
      png: await time(() => pngOf(raster)),
      convertToBlob: await time(canvas),
      bareEncoder: await time(bare),
      framesToFile: await time(ours),
    };
  },

  async canvas(kind: 'ours' | 'bare', count: number, all: boolean) {
    const graph = grid(count);
    const root = createRoot(document.getElementById('root')!);
    const app = appOver(graph);
    const start = performance.now();
    let flow: ReturnType<typeof useReactFlow> | undefined;
    const Ready = ({ done }: { done: () => void }) => {
      flow = useReactFlow();
      useEffect(done, [done]);
      return null;
    };
    await new Promise<void>((done) =>
      root.render(
        <AppContext value={app}>
          <ReactFlowProvider>
            {kind === 'ours' ? <Canvas /> : <Bare graph={graph} />}
            <Ready done={done} />
          </ReactFlowProvider>
        </AppContext>,
      ),
    );
    await frame();
    await frame();
    const mount = performance.now() - start;
    await flow!.setViewport(all ? whole(count) : { x: 0, y: 0, zoom: 0.8 });
    for (let k = 0; k < 10; k++) await frame();
    const origin = flow!.getViewport();
    const pan = await frames(
      90,
      (k) => void flow!.setViewport({ ...origin, x: origin.x - k * 6, y: origin.y - k * 3 }),
    );
    await flow!.setViewport(origin);
    const zoom = await frames(90, (k) => void flow!.setViewport({ ...origin, zoom: origin.zoom * zoomAt(k) }));
    await flow!.setViewport(origin);
    const ids = Object.keys(graph.nodes).slice(0, 200);
    const status =
      kind === 'bare'
        ? undefined
        : await frames(90, (k) => {
            if (k % 2 === 0)
              app.runs.push(
                ids.map((id) => ({ type: 'progress' as const, node: id as never, fraction: (k % 90) / 90, at: k })),
              );
          });
    return { mount, pan, zoom, status: status ?? 0 };
  },

  /** The same number of nodes, as large and as wired, in litegraph, which draws everything on a canvas. */
  async litegraph(count: number, all: boolean) {
    const { LGraph, LGraphCanvas, LGraphNode, LiteGraph } = await import('@comfyorg/litegraph');
    class Card extends LGraphNode {
      constructor(title: string) {
        super(title);
        this.addInput('Image', 'IMAGE');
        this.addOutput('Image', 'IMAGE');
        this.size = [CARD_WIDTH, 240];
      }
    }
    LiteGraph.registerNodeType('bench/card', Card as never);
    const element = document.body.appendChild(document.createElement('canvas'));
    Object.assign(element, { width: window.innerWidth, height: window.innerHeight });
    Object.assign(element.style, { position: 'fixed', inset: '0' });
    const start = performance.now();
    const graph = new LGraph();
    const model = grid(count);
    const cards = new Map(
      Object.entries(model.nodes).map(([id, { position }]) => {
        const card = LiteGraph.createNode('bench/card')!;
        card.pos = [position.x, position.y];
        graph.add(card);
        return [id, card];
      }),
    );
    for (const { from, to } of Object.values(model.wires)) cards.get(from.node)!.connect(0, cards.get(to.node)!, 0);
    const canvas = new LGraphCanvas(element, graph);
    const look = ({ x, y, zoom }: { x: number; y: number; zoom: number }) => {
      canvas.ds.scale = zoom;
      canvas.ds.offset[0] = x / zoom;
      canvas.ds.offset[1] = y / zoom;
      canvas.setDirty(true, true);
    };
    const origin = all ? whole(count) : { x: 0, y: 0, zoom: 0.8 };
    look(origin);
    await frame();
    await frame();
    const mount = performance.now() - start;
    for (let k = 0; k < 10; k++) await frame();
    const pan = await frames(90, (k) => look({ ...origin, x: origin.x - k * 6, y: origin.y - k * 3 }));
    const zoom = await frames(90, (k) => look({ ...origin, zoom: origin.zoom * zoomAt(k) }));
    return { mount, pan, zoom };
  },

  /** Frames per second over some milliseconds. */
  async count(milliseconds: number) {
    const start = await frame();
    let [last, seen] = [start, 0];
    while (last - start < milliseconds) {
      last = await frame();
      seen++;
    }
    return (seen * 1000) / (last - start);
  },
};
export type Bench = typeof bench;
Object.assign(window, { bench });

/** In and out by a third, slowly. */
const zoomAt = (k: number) => 1 + Math.sin(k / 15) / 3;
/** The viewport that shows all of a grid. */
function whole(count: number): { x: number; y: number; zoom: number } {
  const wide = Math.ceil(Math.sqrt(count));
  return {
    x: 0,
    y: 0,
    zoom: Math.min(window.innerWidth / (wide * 290), window.innerHeight / (Math.ceil(count / wide) * 330)),
  };
}
const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
/** Frames per second while something changes every frame. */
async function frames(count: number, change: (k: number) => void): Promise<number> {
  const start = await frame();
  let last = start;
  for (let k = 0; k < count; k++) {
    change(k);
    last = await frame();
  }
  return (count * 1000) / (last - start);
}

function grid(count: number): Graph {
  const types = ['prompt', 'image', 'upscale', 'grade', 'animate', 'deliver'];
  const wide = Math.ceil(Math.sqrt(count));
  const graph = graphOf(
    Object.fromEntries(
      Array.from({ length: count }, (_, k) => [
        `k${k}`,
        {
          type: types[k % 6]!,
          version: 1,
          params: {},
          position: { x: (k % wide) * 290, y: Math.floor(k / wide) * 330 },
        },
      ]),
    ),
    Array.from({ length: count - 1 }, (_, k) =>
      types[k % 6] === 'image' ? `k${k}.image > k${k + 1}.image` : `k${k}.x > k${k}.y`,
    ).filter((wire) => wire.includes('image')),
  );
  return graph;
}
function appOver(graph: Graph): App {
  const document = createDocument();
  document.load('bench' as never, graph, undefined);
  return {
    registry,
    document,
    runs: createRuns(),
    queue: createQueue(),
    workspace: createWorkspace(),
    desk: createDesk(),
    commands: {} as never,
    urls: { get: async () => undefined },
  };
}

/** The same cards without stores, statuses or previews: what React Flow costs by itself, with culling and declared sizes. */
const BareCard = memo(function BareCard({ id }: { id: string }) {
  return (
    <div className="node">
      <div className="node__head">
        <span className="node__title">{id}</span>
      </div>
      <Handle id="image" type="target" position={Position.Left} className="socket" style={{ top: 54 }} />
      <span className="node__socket" style={{ left: 14, top: 42 }}>
        Image
      </span>
      <Handle id="image" type="source" position={Position.Right} className="socket" style={{ top: 54 }} />
      <span className="node__socket" style={{ right: 14, top: 42 }}>
        Image
      </span>
      <div className="node__body" style={{ height: 140 }}>
        <div className="node__preview" style={{ height: 140 }}>
          Nothing yet
        </div>
      </div>
    </div>
  );
});
const BARE_TYPES = { card: BareCard };
function Bare({ graph }: { graph: Graph }) {
  const nodes: Node[] = Object.entries(graph.nodes).map(([id, node]) => {
    const height = cardShape(node, registry.get(node.type)).height;
    return {
      id,
      type: 'card',
      position: node.position,
      data: {},
      width: CARD_WIDTH,
      height,
      measured: { width: CARD_WIDTH, height },
      handles: [
        { id: 'image', type: 'target', position: Position.Left, x: -6, y: 48, width: 12, height: 12 },
        { id: 'image', type: 'source', position: Position.Right, x: CARD_WIDTH - 6, y: 48, width: 12, height: 12 },
      ],
    };
  });
  const edges = Object.entries(graph.wires).map(([id, wire]) => ({
    id,
    source: wire.from.node,
    sourceHandle: 'image',
    target: wire.to.node,
    targetHandle: 'image',
  }));
  return (
    <ReactFlow
      defaultNodes={nodes}
      defaultEdges={edges}
      nodeTypes={BARE_TYPES}
      onlyRenderVisibleElements
      minZoom={0.02}
      nodesFocusable={false}
      fitView
    >
      <Background />
    </ReactFlow>
  );
}
