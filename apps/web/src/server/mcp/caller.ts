import type { Actor } from "@humans2ai/core";
import type { AuthInfo } from "@modelcontextprotocol/server";
import type { Incoming } from "../incoming.ts";

/** Who speaks, and the request it came by. */
export interface Caller {
  actor: Actor;
  incoming: Incoming;
}

/** How every call of this server goes through the core's door. */
export const FOR_MODEL = { reader: "model", channel: "mcp" } as const;

/** The SDK carries the caller to the server that it makes for the request; the credential itself stays here. */
export const toAuthInfo = (caller: Caller): AuthInfo => ({
  token: "",
  clientId: caller.actor.userId,
  scopes: [...caller.actor.permissions],
  extra: { caller },
});

export const callerOf = (authInfo: AuthInfo | undefined): Caller => authInfo?.extra?.caller as Caller;
