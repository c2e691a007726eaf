// One edge and any number of clients a test, all gone when the test is over.

import { afterEach } from "vitest";
import { Edge, type Handler } from "./edge.ts";
import { PipeProcess } from "./pipe.ts";

const edges: Edge[] = [];
const pipes: PipeProcess[] = [];

afterEach(async () => {
  for (const pipe of pipes.splice(0)) {
    pipe.child.kill("SIGKILL");
    await pipe.exited;
  }
  for (const edge of edges.splice(0)) await edge.stop();
});

export async function startEdge(handler: Handler): Promise<Edge> {
  const edge = await Edge.start(handler);
  edges.push(edge);
  return edge;
}

export function startPipe(env: Record<string, string>, args: string[] = [], program?: string): PipeProcess {
  const pipe = new PipeProcess(env, args, program);
  pipes.push(pipe);
  return pipe;
}

export async function both(handler: Handler, env: Record<string, string> = {}) {
  const edge = await startEdge(handler);
  return { edge, pipe: startPipe({ HUMANS2AI_URL: edge.url, ...env }) };
}
