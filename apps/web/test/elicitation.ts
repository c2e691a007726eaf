/** An API where 100 $A9 want a person's yes, with an agent, its owner and clients that can or cannot ask. */

import { actorOfUser, createCore, type Input } from "@humans2ai/core";
import { Client, type ClientCapabilities, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll } from "vitest";
import { type Api, coffeeShops, type Person, startApi } from "./api.ts";
import { SECRET } from "./database.ts";
import { MODERN } from "./mcp.ts";

export interface Question {
  message: string;
  url?: string;
  requestedSchema?: unknown;
}
type Reply = { action: "accept" | "decline" | "cancel"; content?: Record<string, string | boolean> };
export type Asked = (question: Question) => Reply | Promise<Reply>;

export async function startStrict(settings: Record<string, string> = {}) {
  const api = await startApi({ CONFIRM_ABOVE: "100", ...settings });
  return { api, ...startPeople(api) };
}

export function startPeople(api: Api) {
  const core = createCore({ databaseUrl: api.databaseUrl, secret: SECRET, files: {} as never });
  afterAll(core.close);
  return {
    /** What the owner does on the page: the same tool, by the same door. */
    decide: async (owner: Person, confirmationId: string, answer: "yes" | "no") =>
      core.call(await actorOfUser(core, owner.id), "decide_confirmation", { confirmationId, answer }),
    approve: async (owner: Person, approvalId: string) =>
      core.call(await actorOfUser(core, owner.id), "decide_approval", { approvalId, answer: "approve" }),
    wallet: async (owner: Person) =>
      core.call(await actorOfUser(core, owner.id), "get_wallet", {} as Input<"get_wallet">),
  };
}

/** The official client; `asked` is its person. */
export async function connect(
  api: Api,
  as: Person,
  capabilities: ClientCapabilities = {},
  asked?: Asked,
  headers: Record<string, string> = {},
): Promise<Client> {
  const client = new Client(
    { name: "test", version: "1.0.0" },
    { capabilities, versionNegotiation: { mode: { pin: MODERN } } },
  );
  if (asked) client.setRequestHandler("elicitation/create", async ({ params }) => asked(params as Question));
  afterAll(() => client.close());
  const requestInit = { headers: { authorization: `Bearer ${as.token}`, ...headers } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${api.url}/api/v1/mcp`), { requestInit }));
  return client;
}

export const createTask = { name: "create_task", arguments: coffeeShops() };
export const idIn = (url = "") => url.split("/").pop() ?? "";
