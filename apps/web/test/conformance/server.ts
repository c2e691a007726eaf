/**
 * The product's MCP server with what the conformance suite asks of one beside it: the bundle under test gets this class
 * in place of the SDK's, so nothing of it is in the product. Whatever the product serves is served as it is.
 */

import { Server as Base, type ServerContext, type ServerOptions } from "@modelcontextprotocol/server";
import { complete, prompts } from "./prompts.ts";
import { notFound, resources, templates } from "./resources.ts";
import { codec, rounds } from "./rounds.ts";
import { plain } from "./tools.ts";

export * from "@modelcontextprotocol/server";

// biome-ignore lint/suspicious/noExplicitAny: every method has its own request and result
type Handler = (request: any, ctx: ServerContext) => any;

const tools = { ...plain, ...rounds };
const listed = (fixtures: Record<string, { about: object }>) =>
  Object.entries(fixtures).map(([name, { about }]) => ({ name, ...about }));

/** How each method goes on from the product's own handler. */
const beside: Record<string, (own: Handler) => Handler> = {
  "tools/list": (own) => async (request, ctx) => {
    const { tools: ours, ...rest } = await own(request, ctx);
    return { ...rest, tools: [...ours, ...listed(tools)] };
  },
  "tools/call": (own) => (request, ctx) => tools[request.params.name]?.run(ctx) ?? own(request, ctx),
  "resources/list": (own) => async (request, ctx) => {
    const { resources: ours, ...rest } = await own(request, ctx);
    return { ...rest, resources: [...ours, ...resources.map(({ about }) => about)] };
  },
  "resources/templates/list": (own) => async (request, ctx) => {
    const { resourceTemplates: ours, ...rest } = await own(request, ctx);
    return { ...rest, resourceTemplates: [...ours, ...templates.map(({ about }) => about)] };
  },
  "resources/read": (own) => (request, ctx) => {
    const { uri } = request.params;
    const found = [...resources, ...templates].map(({ read }) => read(uri)).find(Boolean);
    return found ? { contents: [found] } : own(request, ctx);
  },
  "prompts/list": (own) => async (request, ctx) => {
    const { prompts: ours, ...rest } = await own(request, ctx);
    return { ...rest, prompts: [...ours, ...listed(prompts)] };
  },
  "prompts/get": (own) => (request, ctx) =>
    prompts[request.params.name]?.get(request.params.arguments ?? {}, ctx) ?? own(request, ctx),
  "completion/complete": (own) => (request, ctx) => complete(request.params) ?? own(request, ctx),
};

/** What a server says that has nothing of the kind; the product's own handlers come in their place. */
const nothing: Record<string, Handler> = {
  "resources/list": () => ({ resources: [] }),
  "resources/templates/list": () => ({ resourceTemplates: [] }),
  "resources/read": ({ params }) => notFound(params.uri),
  "prompts/list": () => ({ prompts: [] }),
  "completion/complete": () => ({ completion: { values: [] } }),
};

export class Server extends Base {
  constructor(info: ConstructorParameters<typeof Base>[0], options: ServerOptions = {}) {
    const { capabilities, requestState } = options;
    super(info, {
      ...options,
      capabilities: { resources: {}, prompts: {}, completions: {}, logging: {}, ...capabilities },
      requestState: {
        // Whose state it is shows when it is verified: what no fixture has minted is the product's to judge.
        verify: async (state, ctx) => {
          try {
            return await codec.verify(state, ctx);
          } catch (error) {
            if (!requestState?.verify) throw error;
            return requestState.verify(state, ctx);
          }
        },
      },
    });
    for (const [method, handler] of Object.entries(nothing))
      this.setRequestHandler(method as "ping", handler);
    this.setRequestHandler("prompts/get", ({ params }) => {
      throw new Error(`There is no prompt ${params.name}`);
    });
  }

  override setRequestHandler = ((method: string, ...rest: unknown[]) => {
    const handler = rest.pop() as Handler;
    const given = beside[method]?.(handler) ?? handler;
    (super.setRequestHandler as (...args: unknown[]) => void)(method, ...rest, given);
  }) as Base["setRequestHandler"];
}
