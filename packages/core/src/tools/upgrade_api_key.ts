import { z } from "zod";
import { apiKeyShape, changeKey, keyId, permissions } from "../keys.ts";
import { defineTool } from "../tool.ts";

export const upgrade_api_key = defineTool({
  title: "Change a key's permissions",
  summary:
    "Give an API key exactly these permissions from now on. Needs an idToken of a sign-in within the last 5 minutes; an API key cannot do this.",
  who: ["agent"],
  permission: "keys:write",
  signIn: "fresh",
  effect: "write",
  rest: { method: "POST", path: "/api-keys/:keyId/upgrade" },
  input: z.strictObject({
    keyId,
    permissions: permissions.describe("All that it may do from now on; what is left out is taken away"),
  }),
  output: apiKeyShape,
  refusals: ["KEY_NOT_FOUND", "KEY_ENDED", "FRESH_SIGN_IN_REQUIRED", "FORBIDDEN", "VALIDATION_ERROR"],
  run: (ctx, input) => changeKey(ctx, input.keyId, { permissions: [...new Set(input.permissions)] }),
});
