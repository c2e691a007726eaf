import { z } from "zod";
import { apiKeyShape, createKey } from "../account.ts";
import { isIpRange } from "../auth/authenticate.ts";
import { Refusal } from "../errors.ts";
import { text } from "../fields.ts";
import { defineTool } from "../tool.ts";
import { PERMISSIONS, READ_ONLY } from "../vocabulary.ts";

export const create_api_key = defineTool({
  title: "Create an API key",
  summary:
    "Make an API key. The key itself is in the reply, once. A key can give no more than its maker has.",
  who: ["agent"],
  permission: "keys:write",
  effect: "write",
  secretOutput: true,
  input: z.strictObject({
    name: text(80).describe("What it is for"),
    permissions: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length).default(READ_ONLY),
    allowedIps: z
      .array(text(50).refine(isIpRange, "is not an IP address or CIDR range"))
      .max(50)
      .default([])
      .describe("Only from these IPv4/IPv6 addresses or CIDR ranges; empty: from anywhere"),
    expiresAt: z.iso.datetime({ offset: true }).max(40).optional().describe("ISO 8601; none: never"),
  }),
  output: apiKeyShape.extend({ key: z.string() }),
  refusals: ["FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, input) {
    const missing = input.permissions.find((p) => !ctx.actor.permissions.includes(p));
    if (missing) throw new Refusal("FORBIDDEN", { permission: missing });
    if (input.expiresAt && new Date(input.expiresAt) <= ctx.now) {
      throw new Refusal("VALIDATION_ERROR", {
        message: "expiresAt: must be in the future",
        fields: [{ path: "expiresAt", message: "must be in the future" }],
      });
    }
    return createKey(ctx, ctx.actor.userId, {
      name: input.name,
      permissions: [...new Set(input.permissions)],
      allowedIps: input.allowedIps,
      expiresAt: input.expiresAt ?? null,
    });
  },
});
