import { z } from "zod";
import { apiKeyShape, createKey } from "../account.ts";
import { isIpRange } from "../auth/addresses.ts";
import { Refusal } from "../errors.ts";
import { pointInTime, text } from "../fields.ts";
import { defineTool } from "../tool.ts";
import { ours } from "../untrusted/mark.ts";
import { PERMISSIONS, READ_ONLY } from "../vocabulary.ts";

const MOST_KEYS = 50;

export const create_api_key = defineTool({
  title: "Create an API key",
  summary:
    "Make an API key. The key itself is in the reply, once. Needs a sign-in (idToken): keys cannot make keys.",
  who: ["agent"],
  permission: "keys:write",
  effect: "write",
  secretOutput: true,
  rest: { method: "POST", path: "/api-keys" },
  input: z.strictObject({
    name: text(80).describe("What it is for"),
    permissions: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length).default(READ_ONLY),
    allowedIps: z
      .array(text(50).refine(isIpRange, "is not an IP address or CIDR range"))
      .max(50)
      .default([])
      .describe("Only from these IPv4/IPv6 addresses or CIDR ranges; empty: from anywhere"),
    expiresAt: pointInTime.optional().describe("ISO 8601; none: never"),
  }),
  output: apiKeyShape.extend({ key: ours() }),
  refusals: ["FORBIDDEN", "TOO_MANY_KEYS", "VALIDATION_ERROR"],
  async run(ctx, input) {
    // A key that makes keys could outlive its own revocation, expiry and allowed addresses.
    if (ctx.actor.via === "api_key") {
      throw new Refusal("FORBIDDEN", {
        message: "An API key cannot make keys. Sign in and use the idToken.",
      });
    }
    await ctx.sql`select 1 from app_user where id = ${ctx.actor.userId} for no key update`;
    const [live] = await ctx.sql`select count(*)::int as keys from api_key
      where user_id = ${ctx.actor.userId} and revoked_at is null and coalesce(expires_at > clock_now(), true)`;
    if (live?.keys >= MOST_KEYS) throw new Refusal("TOO_MANY_KEYS", { max: MOST_KEYS });
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
