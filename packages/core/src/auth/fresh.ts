/** What may only be done soon after giving a password: a token that was stolen an hour later cannot. */

import type { Actor } from "../context.ts";
import { Refusal } from "../errors.ts";

const MINUTES = 5;

/** Refuses who acts for somebody that is not there: by a key, or as a connected app. */
export function refuseDelegated({ via }: Actor, instead: string): void {
  if (via !== "api_key" && via !== "oauth") return;
  const who = via === "oauth" ? "A connected app" : "An API key";
  throw new Refusal("FORBIDDEN", { message: `${who} cannot do this. ${instead} and use the idToken.` });
}

/** Refuses an API key, an app, and a session whose person signed in more than five minutes ago. */
export function requireSignIn(actor: Actor, now: Date, how: "any" | "fresh"): void {
  refuseDelegated(actor, "Log in");
  if (how === "any") return;
  const { signedInAt } = actor;
  if (!signedInAt || now.getTime() - signedInAt.getTime() > MINUTES * 60_000) {
    throw new Refusal("FRESH_SIGN_IN_REQUIRED", { minutes: MINUTES });
  }
}
