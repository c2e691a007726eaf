import { z } from "zod";
import { healthShape, readHealth } from "../health.ts";
import { defineTool } from "../tool.ts";

export const get_health = defineTool({
  title: "Get the platform's health",
  summary:
    "Whether the books balance (as last checked), how the jobs fare, what waits in queues and for an admin, and the platform's money.",
  who: ["admin"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/admin/health" },
  input: z.strictObject({}),
  output: healthShape,
  refusals: [],
  run: (ctx) => readHealth(ctx.sql, ctx.now),
});
