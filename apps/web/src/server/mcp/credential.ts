import type { CallToolResult } from "@modelcontextprotocol/server";

/** What a sign-in gave, for the stdio client: it goes on with this session, and then with the key. */
export function credentialOf(result: Record<string, unknown>): Pick<CallToolResult, "_meta"> {
  const { idToken, expiresIn, apiKey } = result as {
    idToken?: string;
    expiresIn?: number;
    apiKey?: { key: string };
  };
  if (!idToken || !expiresIn) return {};
  const expiresAt = new Date(Date.now() + expiresIn * 1000).toISOString();
  return {
    _meta: {
      "com.humans2ai/credential": { bearer: idToken, expiresAt, ...(apiKey ? { fallback: apiKey.key } : {}) },
    },
  };
}
