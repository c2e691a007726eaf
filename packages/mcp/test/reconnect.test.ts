import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { Edge, type Json, openStream, type Seen, sendJson, sendResult } from "./edge.ts";
import { call, modern } from "./pipe.ts";
import { both } from "./suite.ts";

const SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
const acknowledged = (notifications: Json) => event("subscriptions/acknowledged", { notifications });

function event(name: string, params: Json = {}): Json {
  return {
    jsonrpc: "2.0",
    method: `notifications/${name}`,
    params: { ...params, _meta: { [SUBSCRIPTION]: 1 } },
  };
}

function say(res: ServerResponse, ...messages: Json[]): void {
  if (!res.headersSent) openStream(res);
  for (const message of messages) res.write(`data: ${JSON.stringify(message)}\n\n`);
}

const listen = modern(1, "subscriptions/listen", { notifications: { toolsListChanged: true } });
const end = { jsonrpc: "2.0", id: 1, result: { resultType: "complete", _meta: { [SUBSCRIPTION]: 1 } } };

test("a subscription is taken up again after the server was gone, and nothing missed stays unsaid", async () => {
  const honoured = { toolsListChanged: true, resourceSubscriptions: ["humans2ai://tasks/1"] };
  const { edge, pipe } = await both((_seen, res) => say(res, acknowledged(honoured)));
  const { url } = edge;
  expect(await pipe.ask(listen)).toEqual(acknowledged(honoured));
  await edge.stop();
  const again = await Edge.start(
    (_seen, res) => {
      say(res, acknowledged(honoured), event("tools/list_changed", { after: "the restart" }));
    },
    Number(new URL(url).port),
  );
  expect(await pipe.next()).toEqual(event("tools/list_changed"));
  expect(await pipe.next()).toEqual(event("resources/updated", { uri: "humans2ai://tasks/1" }));
  expect(await pipe.next()).toEqual(event("tools/list_changed", { after: "the restart" }));
  expect(again.seen[0]!.json).toEqual(listen);
  expect(await pipe.end()).toBe(0);
  expect(pipe.lines).toEqual([]);
  await again.stop();
});

test("a server that ends its streams on its way down is asked again, too", async () => {
  const { edge, pipe } = await both((seen, res) => {
    say(res, acknowledged({ toolsListChanged: true }));
    if (seen.number === 1) res.end(`data: ${JSON.stringify(end)}\n\n`);
  });
  await pipe.ask(listen);
  expect(await pipe.next()).toEqual(event("tools/list_changed"));
  expect(edge.seen).toHaveLength(2);
});

test("a proxy's errors in between are waited out", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (seen.number > 1 && seen.number < 8) return sendJson(res, {}, seen.number % 2 ? 502 : 429);
    say(res, acknowledged({ toolsListChanged: true }));
    if (seen.number === 1) res.end();
  });
  await pipe.ask(listen);
  expect(await pipe.next()).toEqual(event("tools/list_changed"));
  expect(edge.seen).toHaveLength(8);
});

test.each([
  ["its key is refused", (_seen: Seen, res: ServerResponse) => sendJson(res, {}, 401), -31000],
  [
    "the server says no",
    (seen: Seen, res: ServerResponse) => {
      const error = { code: -32602, message: "No such thing." };
      sendJson(res, { jsonrpc: "2.0", id: seen.json.id, error }, 400);
    },
    -32602,
  ],
])("a subscription ends for the client when %s", async (_name, refuse, code) => {
  const { edge, pipe } = await both((seen, res) => {
    if (seen.number > 1) return refuse(seen, res);
    say(res, acknowledged({ toolsListChanged: true }));
    res.end();
  });
  await pipe.ask(listen);
  expect(await pipe.next()).toMatchObject({ id: 1, error: { code } });
  expect(edge.seen).toHaveLength(2);
});

test("a subscription to nothing ends as the server ends it", async () => {
  const { edge, pipe } = await both((_seen, res) => {
    say(res, acknowledged({}), end);
    res.end();
  });
  await pipe.ask(listen);
  expect(await pipe.next()).toEqual(end);
  expect(edge.seen).toHaveLength(1);
});

test("a cancelled subscription is not opened again", async () => {
  const { edge, pipe } = await both(
    (seen, res) => {
      if (seen.json.method !== "subscriptions/listen") return sendResult(seen, res);
      say(res, acknowledged({ toolsListChanged: true }));
      res.end();
    },
    { HUMANS2AI_RETRY_BASE_MS: "60000" },
  );
  await pipe.ask(listen);
  pipe.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } });
  await pipe.ask(modern(2, "tools/list"));
  expect(await pipe.end()).toBe(0);
  expect(edge.seen.map((seen) => seen.json.method)).toEqual(["subscriptions/listen", "tools/list"]);
});

test("keep-alives hold a long call beyond the time limit, and it is made once", async () => {
  const { edge, pipe } = await both(
    async (seen, res) => {
      openStream(res);
      for (let n = 0; n < 10; n++) {
        res.write(": keepalive\n\n");
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      res.end(`data: ${JSON.stringify({ jsonrpc: "2.0", id: seen.json.id, result: { ok: true } })}\n\n`);
    },
    { HUMANS2AI_TIMEOUT_MS: "200" },
  );
  expect(await pipe.ask(call(1))).toHaveProperty("result.ok", true);
  expect(edge.seen).toHaveLength(1);
});
