import { z } from "zod";
import { requireSignIn } from "../auth/fresh.ts";
import { Refusal } from "../errors.ts";
import { apiKeyShape, checkExpiry, createKey, keyFields, permissions } from "../keys.ts";
import { defineTool } from "../tool.ts";
import { ours } from "../untrusted/mark.ts";
import { READ_ONLY } from "../vocabulary.ts";

const MOST_KEYS = 50;
const { name, allowedIps, expiresAt, maxPerTask, maxPerDay, confirmAbove } = keyFields;

export const create_api_key = defineTool({
  title: "Create an API key",
  summary:
    "Make an API key. The key itself is in the reply, once. Needs an idToken, for more than reading one of a sign-in within the last 5 minutes: an API key cannot make keys.",
  who: ["agent"],
  permission: "keys:write",
  // A key that makes keys could outlive its own revocation, expiry and allowed addresses.
  signIn: "any",
  effect: "write",
  secretOutput: true,
  rest: { method: "POST", path: "/api-keys" },
  input: z.strictObject({
    name,
    permissions: permissions.default(READ_ONLY),
    allowedIps: allowedIps.default([]),
    expiresAt: expiresAt.optional().describe("ISO 8601; none: never"),
    maxPerTask: maxPerTask.optional(),
    maxPerDay: maxPerDay.optional(),
    confirmAbove: confirmAbove.optional(),
  }),
  output: apiKeyShape.extend({ key: ours() }),
  refusals: ["FORBIDDEN", "FRESH_SIGN_IN_REQUIRED", "TOO_MANY_KEYS", "VALIDATION_ERROR"],
  async run(ctx, input) {
    // As for an upgrade: a stolen idToken must not become a lasting power to spend.
    const reads = input.permissions.every((permission) => READ_ONLY.includes(permission));
    requireSignIn(ctx.actor, ctx.now, reads ? "any" : "fresh");
    await ctx.sql`select 1 from app_user where id = ${ctx.actor.userId} for no key update`;
    const [live] = await ctx.sql`select count(*)::int as keys from api_key
      where user_id = ${ctx.actor.userId} and revoked_at is null and coalesce(expires_at > clock_now(), true)`;
    if (live?.keys >= MOST_KEYS) throw new Refusal("TOO_MANY_KEYS", { max: MOST_KEYS });
    checkExpiry(ctx, input.expiresAt);
    return createKey(ctx, ctx.actor.userId, input);
  },
});
