import { expect, test } from "vitest";
import { type Json, type Seen, sendJson, sendResult } from "./edge.ts";
import { call, toolError } from "./pipe.ts";
import { both } from "./suite.ts";

const KEY = "com.humans2ai/credential";
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const inASecond = () => new Date(Date.now() + 1_000).toISOString();

function toolOf(seen: Seen): unknown {
  return (seen.json.params as Json).name;
}

test("register without a key: the same process goes on with what it got, and the client never sees it", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (toolOf(seen) !== "register") return sendResult(seen, res, { _meta: { kept: 1 } });
    const credential = { bearer: "id-token", expiresAt: inAnHour(), fallback: "sk_live_new" };
    sendResult(seen, res, { content: [], _meta: { other: true, [KEY]: credential } });
  });
  expect(await pipe.ask(call(1, "register"))).toEqual({
    jsonrpc: "2.0",
    id: 1,
    result: { content: [], _meta: { other: true } },
  });
  expect(await pipe.ask(call(2))).toHaveProperty("result._meta.kept", 1);
  expect(edge.seen.map((seen) => seen.headers.authorization)).toEqual([undefined, "Bearer id-token"]);
  await pipe.end();
  expect(pipe.stderr).toBe("");
});

test("a bearer near its end gives way to the fallback key", async () => {
  const { edge, pipe } = await both((seen, res) =>
    sendResult(seen, res, {
      _meta: { [KEY]: { bearer: "short", expiresAt: inASecond(), fallback: "sk_live_long" } },
    }),
  );
  expect(await pipe.ask(call(1, "login"))).toEqual({ jsonrpc: "2.0", id: 1, result: {} });
  await pipe.ask(call(2));
  expect(edge.seen[1]!.headers.authorization).toBe("Bearer sk_live_long");
});

test("login with an API_KEY: the bearer goes first, the key of the environment comes back after it", async () => {
  let expiresAt = inAnHour();
  const { edge, pipe } = await both(
    (seen, res) => {
      const credential = { bearer: `b${seen.number}`, expiresAt };
      sendResult(seen, res, toolOf(seen) === "login" ? { _meta: { [KEY]: credential } } : {});
    },
    { API_KEY: "sk_live_env" },
  );
  await pipe.ask(call(1, "login"));
  await pipe.ask(call(2));
  expiresAt = inASecond();
  await pipe.ask(call(3, "login"));
  await pipe.ask(call(4));
  const used = edge.seen.map((seen) => seen.headers.authorization);
  expect(used).toEqual(["Bearer sk_live_env", "Bearer b1", "Bearer b1", "Bearer sk_live_env"]);
});

test("a refused bearer gives way to the fallback once, with the same idempotency key", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (toolOf(seen) === "login") {
      const credential = { bearer: "revoked", expiresAt: inAnHour(), fallback: "sk_live_f" };
      sendResult(seen, res, { _meta: { [KEY]: credential } });
    } else if (seen.headers.authorization === "Bearer sk_live_f") sendResult(seen, res);
    else sendJson(res, {}, 401);
  });
  await pipe.ask(call(1, "login"));
  expect(await pipe.ask(call(2))).toHaveProperty("result.ok", true);
  await pipe.ask(call(3));
  const [, refused, retried, later] = edge.seen;
  expect(refused!.headers.authorization).toBe("Bearer revoked");
  expect(retried!.headers["idempotency-key"]).toBe(refused!.headers["idempotency-key"]);
  expect(later!.headers.authorization).toBe("Bearer sk_live_f");
  expect(edge.seen).toHaveLength(4);
});

test("when the fallback is refused too, the model is told and nothing loops", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (toolOf(seen) !== "login") return sendJson(res, {}, 401);
    sendResult(seen, res, {
      _meta: { [KEY]: { bearer: "b", expiresAt: inAnHour(), fallback: "sk_live_f" } },
    });
  });
  await pipe.ask(call(1, "login"));
  expect(toolError(await pipe.ask(call(2)))).toContain("did not accept the key");
  expect(edge.seen).toHaveLength(3);
});

test("a hand-over that could not travel in a header is ignored, and still not shown", async () => {
  const { edge, pipe } = await both((seen, res) =>
    sendResult(seen, res, { _meta: { [KEY]: { bearer: "two words\r\nX: y", expiresAt: inAnHour() } } }),
  );
  expect(await pipe.ask(call(1, "login"))).toEqual({ jsonrpc: "2.0", id: 1, result: {} });
  await pipe.ask(call(2));
  expect(edge.seen[1]!.headers).not.toHaveProperty("authorization");
});
