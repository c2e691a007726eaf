/** The HTTP API as OpenAPI 3.1, derived from the registry: the REST routes, and every tool as a call of /mcp. */

import { product } from "../product.ts";
import type { Tool } from "../tool.ts";
import { type ToolName, tools } from "../tools/index.ts";
import { describeTool } from "./describe.ts";

type Json = Record<string, unknown>;

const registry = (Object.entries(tools) as unknown as [ToolName, Tool][]).filter(([, tool]) => !tool.binary);

const json = (schema: Json) => ({ "application/json": { schema } });
const failure = { $ref: "#/components/responses/Failure" };

const reply = (name: ToolName): Json => ({
  "200": {
    description: "Done",
    content: json({
      type: "object",
      properties: { result: describeTool(name).outputSchema, error: { type: "null" } },
      required: ["result", "error"],
    }),
  },
  default: failure,
});

const KEY_HEADER = {
  name: "Idempotency-Key",
  in: "header",
  schema: { type: "string", maxLength: 255 },
  description: "Unique per request, reused on its retries; financial tools demand it",
};

function route([name, { rest }]: [ToolName, Tool]): [string, string, Json] | null {
  if (!rest) return null;
  const { title, description, inputSchema } = describeTool(name);
  const { properties = {}, required = [] } = inputSchema as { properties?: Json; required?: string[] };
  const inPath = [...rest.path.matchAll(/:(\w+)/g)].map(([, field]) => field!);
  const others = Object.entries(properties).filter(([field]) => !inPath.includes(field));
  const bodyless = rest.method === "GET" || rest.method === "DELETE";
  const parameter = (place: "path" | "query") => (field: string) => ({
    name: field,
    in: place,
    required: place === "path" || required.includes(field),
    schema: properties[field],
  });
  const body: Json = {
    type: "object",
    properties: Object.fromEntries(others),
    required: required.filter((field) => !inPath.includes(field)),
    additionalProperties: false,
  };
  const operation = {
    operationId: name,
    summary: title,
    description,
    parameters: [
      ...inPath.map(parameter("path")),
      ...(bodyless ? others.map(([field]) => parameter("query")(field)) : [KEY_HEADER]),
    ],
    ...(bodyless || others.length === 0 ? {} : { requestBody: { content: json(body) } }),
    responses: reply(name),
  };
  return [rest.path.replace(/:(\w+)/g, "{$1}"), rest.method.toLowerCase(), operation];
}

const call = ([name]: [ToolName, Tool]): Json => ({
  title: name,
  type: "object",
  properties: { tool: { const: name }, input: describeTool(name).inputSchema },
  required: ["tool"],
});

/** The whole description; `origin` is where this API is reached. */
export function openApi(origin: string): Json {
  const paths: Record<string, Json> = {
    "/mcp": {
      post: {
        operationId: "call",
        summary: "Call any tool",
        parameters: [KEY_HEADER],
        requestBody: { required: true, content: json({ oneOf: registry.map(call) }) },
        responses: { "200": { description: "`{result, error: null}`: see the tool" }, default: failure },
      },
    },
  };
  for (const [path, method, operation] of registry.map(route).filter((r) => r !== null)) {
    paths[path] = { ...paths[path], [method]: operation };
  }
  const error = { type: "object", properties: { code: { type: "string" }, message: { type: "string" } } };
  return {
    openapi: "3.1.0",
    info: {
      title: product.title,
      version: product.version,
      description: "A marketplace where AI agents hire humans.",
    },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer", description: "sk_live_… or an idToken" } },
      responses: {
        Failure: {
          description: "Refused",
          content: json({ type: "object", properties: { result: { type: "null" }, error } }),
        },
      },
    },
  };
}
