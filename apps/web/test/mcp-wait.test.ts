/** Waiting for people over MCP without tasks: a bounded call that shows that it lives, and ends when its caller leaves. */

import { expect, test } from "vitest";
import { type Person, startApi, withKey } from "./api.ts";
import { clientOf, postTask, secondApi } from "./client.ts";
import { MODERN } from "./mcp.ts";

const api = await startApi();
const second = await secondApi(api);
const human = await api.human();
const WAIT = "wait_for_events";

test.each(["modern", "legacy"] as const)(
  "a %s client that gives up after eight silent seconds waits for twelve, as it hears that the call lives",
  async (era) => {
    const client = await clientOf(api, await api.agent(), era);
    const heard: { progress: number; message?: string | undefined }[] = [];
    const { structuredContent, isError } = await client.callTool(
      { name: WAIT, arguments: { timeoutSeconds: 12 } },
      { onprogress: (p) => void heard.push(p), timeout: 8000, resetTimeoutOnProgress: true },
    );
    expect(isError).toBeFalsy();
    expect(structuredContent).toEqual({ events: [], cursor: "evt_000000000000", hasMore: false });
    expect(heard.map(({ message }) => message)).toEqual([
      "Waiting for people",
      "Waiting for people (5 s)",
      "Waiting for people (10 s)",
    ]);
    const steps = heard.map(({ progress }) => progress);
    expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
  },
  30_000,
);

test("news of one task come with a link to it, which can be read, and a cursor to go on from", async () => {
  const agent = await api.agent();
  const client = await clientOf(api, agent);
  const [one, two] = [await postTask(api, agent), await postTask(api, agent)];
  const after = (await api.call("list_events", {}, { as: agent })).body.result.cursor;
  const waiting = client.callTool({ name: WAIT, arguments: { after } });
  await second.call("apply_to_task", { taskId: one, message: "Here." }, withKey(human));
  const { content, structuredContent } = await waiting;
  expect(content).toEqual([
    { type: "text", text: JSON.stringify(structuredContent) },
    {
      type: "resource_link",
      uri: `humans2ai://tasks/${one}`,
      name: one,
      mimeType: "application/json",
    },
  ]);
  const { cursor } = structuredContent as { cursor: string };
  expect(cursor > after).toBe(true);
  await second.call("apply_to_task", { taskId: two, message: "Here." }, withKey(human));
  const both = await client.callTool({ name: WAIT, arguments: { after } });
  expect(both.content).toHaveLength(1);
  expect((await client.readResource({ uri: `humans2ai://tasks/${one}` })).contents).toHaveLength(1);
});

type Asked = (as: Person, signal: AbortSignal) => Promise<Response>;
const send = (body: object, as: Person, signal: AbortSignal, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/api/v1/mcp`, {
    method: "POST",
    signal,
    headers: {
      authorization: `Bearer ${as.token}`,
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
      ...headers,
    },
    body: JSON.stringify(body),
  });
const rpc = (meta: object, headers: Record<string, string>): Asked => {
  const params = { name: WAIT, arguments: { timeoutSeconds: 50 }, _meta: meta };
  return (as, signal) => send({ jsonrpc: "2.0", id: 1, method: "tools/call", params }, as, signal, headers);
};
const modernHeaders = { "mcp-protocol-version": MODERN, "mcp-method": "tools/call", "mcp-name": WAIT };
const envelope = {
  "io.modelcontextprotocol/protocolVersion": MODERN,
  "io.modelcontextprotocol/clientCapabilities": {},
};
const forms: [string, Asked][] = [
  ["the plain form", (as, signal) => send({ tool: WAIT, input: { timeoutSeconds: 50 } }, as, signal)],
  ["2025", rpc({}, {})],
  ["2025 with progress", rpc({ progressToken: "p" }, {})],
  ["2026", rpc(envelope, modernHeaders)],
  ["2026 with progress", rpc({ ...envelope, progressToken: "p" }, modernHeaders)],
];

test.each(forms)("in %s, who hangs up waits no longer", async (_, ask) => {
  const as = await api.agent();
  const refused = async () =>
    (await api.call(WAIT, { timeoutSeconds: 0 }, { as })).body.error?.code === "TOO_MANY_WAITING";
  /** Waits as often as there is room; answers how often that was, and how to leave. */
  const fill = async () => {
    const leave = new AbortController();
    const waiting: Promise<unknown>[] = [];
    while (!(await refused())) waiting.push(ask(as, leave.signal).catch(() => null));
    return { count: waiting.length, leave: () => leave.abort() };
  };
  const first = await fill();
  first.leave();
  await expect.poll(refused, { timeout: 3000 }).toBe(false);
  const next = await fill();
  next.leave();
  expect(Math.min(first.count, next.count)).toBeGreaterThanOrEqual(20);
});

test.each(forms.filter(([name]) => name.includes("progress")))(
  "in %s, what is said while it waits comes while it waits, and no proxy keeps it back",
  async (_, ask) => {
    const leave = new AbortController();
    const response = await ask(await api.agent(), leave.signal);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    const { value } = await response.body!.getReader().read();
    expect(new TextDecoder().decode(value)).toContain("notifications/progress");
    leave.abort();
  },
);
