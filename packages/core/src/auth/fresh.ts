/** What may only be done soon after giving a password: a token that was stolen an hour later cannot. */

import type { Actor } from "../context.ts";
import { Refusal } from "../errors.ts";

const MINUTES = 5;

/** Acts for somebody who is not there: by a key, or as a connected app. */
export const isDelegated = ({ via }: Actor): boolean => via === "api_key" || via === "oauth";

/** Refuses an API key, an app, and a session whose person signed in more than five minutes ago. */
export function requireSignIn(actor: Actor, now: Date, how: "any" | "fresh"): void {
  if (isDelegated(actor)) {
    throw new Refusal("FORBIDDEN", {
      message: "An API key or a connected app cannot do this. Log in and use the idToken.",
    });
  }
  if (how === "any") return;
  const { signedInAt } = actor;
  if (!signedInAt || now.getTime() - signedInAt.getTime() > MINUTES * 60_000) {
    throw new Refusal("FRESH_SIGN_IN_REQUIRED", { minutes: MINUTES });
  }
}
