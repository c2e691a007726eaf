/** An agent with a key that may not spend much by itself, and what it asks its owner. */

import { tool } from "./api.ts";
import { inDays, type Person, unique } from "./people.ts";

export const CONFIRM_ABOVE = 100;

export async function cautiousKey(owner: Person): Promise<string> {
  const key = {
    name: "Night shift",
    permissions: ["tasks:read", "tasks:write"],
    confirmAbove: CONFIRM_ABOVE,
  };
  return (await tool<{ key: string }>("create_api_key", key, owner.token)).key;
}

export const costlyTask = () => ({
  title: unique("Photograph the old harbour"),
  description: "Twenty photos of the old harbour at dusk, with <b>all</b> its cranes.",
  category: "photography",
  budget: 250,
  deadline: inDays(3),
  urgency: "low",
  location: "Porto, Portugal",
});

export interface Pending {
  confirmationToken: string;
  confirmationId: string;
  approvalUrl: string;
  message: string;
}

export const askForYes = (key: string, params: object) =>
  tool<Pending>("request_confirmation", { tool: "create_task", params }, key);

export const askForApproval = (key: string, over: object = {}) =>
  tool<{ approvalId: string; approvalUrl: string }>(
    "request_approval",
    { action: "Send the contract to ACME.", details: "Forty pages, signed.", waitSeconds: 0, ...over },
    key,
  );
