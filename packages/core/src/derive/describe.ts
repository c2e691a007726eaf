/** What the outside is told of each tool, derived from the registry: names, hints, schemas. */

import { z } from "zod";
import type { Actor } from "../context.ts";
import type { Tool } from "../tool.ts";
import { type ToolName, tools } from "../tools/index.ts";
import { untrustedShape } from "../untrusted/guard.ts";
import { textsOf } from "../untrusted/visit.ts";

export interface ToolDescription {
  name: ToolName;
  title: string;
  description: string;
  inputSchema: Record<string, unknown>;
  outputSchema: Record<string, unknown>;
  annotations: {
    title: string;
    readOnlyHint: boolean;
    destructiveHint: boolean;
    idempotentHint: boolean;
    openWorldHint: boolean;
  };
  money: boolean;
}

const registry = Object.entries(tools) as unknown as [ToolName, Tool][];

/** The contract's 15 tools. */
export const contractTools: ToolName[] = registry.filter(([, tool]) => tool.contract).map(([name]) => name);

/** The tools that a role can call with JSON, in the registry's order. */
export const toolsFor = (role: Actor["role"]): ToolName[] =>
  registry
    .filter(([, t]) => !t.binary && (t.who.includes(role) || t.who.includes("anonymous")))
    .map(([name]) => name);

/** Whether the door would let an actor in to a tool, as far as role and permission say. */
export function mayCall(name: ToolName, actor: Actor): boolean {
  const tool = tools[name] as unknown as Tool;
  const isForRole = tool.who.includes(actor.role) || tool.who.includes("anonymous");
  return isForRole && (tool.permission === null || actor.permissions.includes(tool.permission));
}

const jsonSchema = (schema: z.ZodType, io: "input" | "output") => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest as Record<string, unknown>;
};

/** The reply's schema as its reader gets it: where it can hold texts of others, with what is said of them. */
const withUntrusted = (output: z.ZodObject) =>
  textsOf(output).length > 0 ? output.extend({ untrusted: untrustedShape.optional() }) : output;

const described = new Map<ToolName, ToolDescription>();

/** A tool's MCP description. JSON Schemas are made once per process. */
export function describeTool(name: ToolName): ToolDescription {
  const known = described.get(name);
  if (known) return known;
  const tool = tools[name] as unknown as Tool;
  const description: ToolDescription = {
    name,
    title: tool.title,
    description: tool.summary,
    inputSchema: jsonSchema(tool.input, "input"),
    outputSchema: jsonSchema(withUntrusted(tool.output), "output"),
    annotations: {
      title: tool.title,
      readOnlyHint: tool.effect === "read",
      destructiveHint: tool.effect === "destroy",
      // A step of the lifecycle is taken once; posting twice posts two.
      idempotentHint: tool.effect === "read" || (tool.money === true && "taskId" in tool.input.shape),
      openWorldHint: tool.effect !== "read",
    },
    money: tool.money === true,
  };
  described.set(name, description);
  return description;
}
