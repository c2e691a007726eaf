/** The tools and the lifecycle as Markdown, drawn from their tables: docs/tools.md is this text. */

import { errors } from "../errors.ts";
import { actions, lifecycle } from "../lifecycle.ts";
import { type Status, statuses, statusNames } from "../statuses.ts";
import type { Tool } from "../tool.ts";
import { type ToolName, tools } from "../tools/index.ts";
import { textsOf } from "../untrusted/visit.ts";
import { describeTool } from "./describe.ts";
import { mermaid } from "./mermaid.ts";

interface Property {
  type?: string | string[];
  enum?: string[];
  anyOf?: Property[];
  items?: Property;
  description?: string;
}

const registry = Object.entries(tools) as unknown as [ToolName, Tool][];
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function typeOf(p: Property): string {
  if (p.anyOf) return p.anyOf.map(typeOf).join(" or ");
  if (p.enum) return p.enum.join(", ");
  if (p.type === "array") return `${p.items ? typeOf(p.items) : "any"}[]`;
  return Array.isArray(p.type) ? p.type.join(" or ") : (p.type ?? "any");
}

function section([name, tool]: [ToolName, Tool]): string {
  const { properties = {}, required = [] } = describeTool(name).inputSchema as {
    properties?: Record<string, Property>;
    required?: string[];
  };
  const rows = Object.entries(properties).map(
    ([key, p]) =>
      `| \`${key}\` | ${cell(typeOf(p))} | ${required.includes(key) ? "yes" : ""} | ${cell(p.description ?? "")} |`,
  );
  const fields = (of: object) =>
    Object.keys(of)
      .map((key) => `\`${key}\``)
      .join(", ");
  const texts = textsOf(tool.output);
  return [
    `### ${name}`,
    "",
    tool.summary,
    "",
    `- For: ${tool.who.filter((role) => role !== "visitor").join(", ")}${tool.permission ? ` · permission \`${tool.permission}\`` : ""} · ${tool.effect}${tool.session ? " · not with an API key, nor as a connected app" : ""}${tool.money ? " · needs an Idempotency-Key" : ""}`,
    ...(tool.rest ? [`- REST: \`${tool.rest.method} /api/v1${tool.rest.path}\``] : []),
    `- Output: ${fields(tool.output.shape)}${texts.length > 0 ? ", `untrusted`" : ""}`,
    ...(tool.dryRun ? [`- Output with \`dryRun: true\`: ${fields(tool.dryRun.output.shape)}`] : []),
    ...(texts.length > 0 ? [`- Texts of others in it: ${texts.map((t) => `\`${t}\``).join(", ")}`] : []),
    `- Errors: ${tool.refusals.map((code) => `\`${code}\``).join(", ")}`,
    "",
    ...(rows.length > 0 ? ["| Param | Type | Required | |", "|---|---|---|---|", ...rows, ""] : []),
  ].join("\n");
}

/** Every tool with its parameters, output, permission and errors, and the table of all errors. */
export function toolsPage(): string {
  const part = (contract: boolean) =>
    registry.filter(([, t]) => Boolean(t.contract) === contract).map(section);
  const errorRows = Object.entries(errors).map(
    ([code, e]) => `| \`${code}\` | ${e.http} | ${e.retry ? "yes" : "no"} |`,
  );
  return [
    "# Tools",
    "",
    "Made from the registry in `packages/core/src/tools`; do not edit. `pnpm docs:write` writes it anew.",
    "",
    "Each is called with `POST /api/v1/mcp`: `{tool, input}` → `{result, error}`, or over MCP. Those with a REST line have an address of their own too. `GET /api/v1/openapi.json` describes all of it.",
    "",
    "## The contract's tools",
    "",
    ...part(true),
    "## Tools of humans, owners, admins and the clock",
    "",
    ...part(false),
    "## Errors",
    "",
    "| Code | HTTP | Trying again can help |",
    "|---|---|---|",
    ...errorRows,
    "",
  ].join("\n");
}

/** The lifecycle as a diagram and a table. */
export function lifecyclePage(): string {
  const rows = actions.map((action) => {
    const t = lifecycle[action];
    const from = t.from.map((f) => (f === "new" ? "–" : f)).join(", ");
    return `| ${action} | ${from} | ${t.to} | ${t.by.join(", ")} | ${t.money ?? ""} | \`${t.event}\` |`;
  });
  const clock = statusNames.map((status: Status) => {
    const { clock, escrow, label } = statuses[status];
    return `| ${status} | ${label} | ${escrow} | ${clock ? `${clock.action}, after the ${clock.after} term` : ""} |`;
  });
  return [
    "# The life of a task",
    "",
    "Made from `packages/core/src/lifecycle.ts`; do not edit. `pnpm docs:write` writes it anew.",
    "",
    "```mermaid",
    mermaid(),
    "```",
    "",
    "| Action | From | To | By | Escrow | Event |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
    "| Status | Shown as | Escrow | What the clock does |",
    "|---|---|---|---|",
    ...clock,
    "",
  ].join("\n");
}
