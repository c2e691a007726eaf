/** The official MCP client, connected to an API under test. */

import { Client, type ClientOptions, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll } from "vitest";
import { type Api, coffeeShops, type Person, startApi, withKey } from "./api.ts";
import { MODERN } from "./mcp.ts";

export async function clientOf(
  api: Pick<Api, "url">,
  as: Person | string,
  mode: "modern" | "legacy" = "modern",
  options: ClientOptions = {},
): Promise<Client> {
  const negotiation = mode === "modern" ? { pin: MODERN } : mode;
  const client = new Client(
    { name: "test", version: "1.0.0" },
    { versionNegotiation: { mode: negotiation }, ...options },
  );
  const authorization = `Bearer ${typeof as === "string" ? as : as.token}`;
  const url = new URL(`${api.url}/api/v1/mcp`);
  await client.connect(
    new StreamableHTTPClientTransport(url, { requestInit: { headers: { authorization } } }),
  );
  afterAll(() => client.close());
  return client;
}

/** Another process on the same database, with the same secret. */
export const secondApi = (api: Api, settings: Record<string, string> = {}): Promise<Api> =>
  startApi(settings, false, async (url) => {
    url.pathname = new URL(api.databaseUrl).pathname;
  });

export async function postTask(api: Api, as: Person, over: Record<string, unknown> = {}): Promise<string> {
  const { body } = await api.call("create_task", coffeeShops({ budget: 1, ...over }), withKey(as));
  return body.result.id;
}

/** A task whose human has handed in proof with these files. */
export async function submittedTask(
  api: Api,
  agent: Person,
  human: Person,
  files: { name: string; bytes: Uint8Array }[] = [],
): Promise<string> {
  const taskId = await postTask(api, agent);
  await api.call("apply_to_task", { taskId, message: "Tomorrow." }, withKey(human));
  await api.call("select_applicant", { taskId, humanId: human.id }, withKey(agent));
  const fileIds: string[] = [];
  for (const { name, bytes } of files) {
    const form = new FormData();
    form.append("file", new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
    const { body } = await api.send("/api/v1/files", { method: "POST", as: human, body: form });
    fileIds.push(body.result.id);
  }
  const { body } = await api.call("submit_proof", { taskId, text: "Done.", fileIds }, withKey(human));
  if (body.error) throw new Error(body.error.message);
  return taskId;
}
