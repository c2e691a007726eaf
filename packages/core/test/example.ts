/** Inputs made from a tool's own schema, so that a new tool is tried without anyone writing one for it. */

import { z } from "zod";
import type { ToolSpec } from "../src/tool.ts";

interface Shape {
  type?: string;
  enum?: unknown[];
  anyOf?: Shape[];
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  minItems?: number;
  items?: Shape;
}

const LONG = "a sentence that is as long as a reason has to be, and says nothing more than that ";

function exampleOf(name: string, shape: Shape): unknown {
  if (name === "bytes") return Buffer.from("text");
  if (/password/i.test(name)) return "another-horse-2";
  if (shape.enum) return shape.enum[0];
  if (shape.anyOf) return exampleOf(name, shape.anyOf[0]!);
  if (shape.type === "integer" || shape.type === "number") return shape.minimum ?? 1;
  if (shape.type === "boolean") return true;
  if (shape.type === "array") {
    return Array.from({ length: shape.minItems ?? 0 }, () => exampleOf(name, shape.items ?? {}));
  }
  if (shape.type === "object") return {};
  if (shape.format === "date-time") return new Date(Date.now() + 86_400_000).toISOString();
  if (shape.format === "email") return "someone@example.com";
  if (shape.format === "uri") return "https://example.com/hook";
  return LONG.slice(0, Math.min(shape.maxLength ?? 60, Math.max(shape.minLength ?? 0, 60)));
}

const shapesOf = (tool: Pick<ToolSpec, "input">) => {
  const schema = z.toJSONSchema(tool.input, { io: "input", unrepresentable: "any" });
  return { required: schema.required ?? [], fields: (schema.properties ?? {}) as Record<string, Shape> };
};

/** The fields of a tool that name objects: `taskId`, `fileIds`, … */
export const idFields = (tool: Pick<ToolSpec, "input">): string[] =>
  Object.keys(shapesOf(tool).fields).filter((name) => /(^id|Ids?)$/.test(name));

/** An input with everything that the tool demands; `ids` are the objects that it is about. */
export function exampleInput(tool: Pick<ToolSpec, "input">, ids: Record<string, unknown>) {
  const { required, fields } = shapesOf(tool);
  const wanted = Object.entries(fields).filter(([name]) => required.includes(name));
  const made = Object.fromEntries(wanted.map(([name, shape]) => [name, exampleOf(name, shape)]));
  const known = Object.keys(fields).filter((name) => name in ids);
  return { ...made, ...Object.fromEntries(known.map((name) => [name, ids[name]])) };
}
