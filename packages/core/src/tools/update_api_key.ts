import { z } from "zod";
import { toMicro } from "../codecs.ts";
import { apiKeyShape, changeKey, checkExpiry, keyFields, keyId } from "../keys.ts";
import { defineTool } from "../tool.ts";

const { name, allowedIps, expiresAt, maxPerTask, maxPerDay, confirmAbove } = keyFields;

export const update_api_key = defineTool({
  title: "Change a key's limits",
  summary:
    "Change an API key's name, allowed addresses, expiry or spending policy; null takes a limit away, and what is left out stays. Needs an idToken of a sign-in within the last 5 minutes; an API key cannot do this.",
  who: ["agent"],
  permission: "keys:write",
  signIn: "fresh",
  effect: "write",
  rest: { method: "PATCH", path: "/api-keys/:keyId" },
  input: z.strictObject({
    keyId,
    name: name.optional(),
    allowedIps: allowedIps.optional(),
    expiresAt: expiresAt.nullable().optional().describe("ISO 8601; null: never"),
    maxPerTask: maxPerTask.nullable().optional(),
    maxPerDay: maxPerDay.nullable().optional(),
    confirmAbove: confirmAbove.nullable().optional(),
  }),
  output: apiKeyShape,
  refusals: ["KEY_NOT_FOUND", "KEY_ENDED", "FRESH_SIGN_IN_REQUIRED", "FORBIDDEN", "VALIDATION_ERROR"],
  run: async (ctx, { keyId, ...input }) => {
    checkExpiry(ctx, input.expiresAt);
    const micro = (a9: number | null | undefined) => (a9 == null ? a9 : toMicro(a9));
    const wanted = {
      ...input,
      maxPerTask: micro(input.maxPerTask),
      maxPerDay: micro(input.maxPerDay),
      confirmAbove: micro(input.confirmAbove),
    };
    const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
    return changeKey(ctx, keyId, Object.fromEntries(given));
  },
});
