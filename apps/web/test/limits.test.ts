import { beforeEach, expect, test } from "vitest";
import { type Answer, expectRefusal, startApi } from "./api.ts";

const api = await startApi({ RATE_LIMIT_KEY: "3", RATE_LIMIT_REGISTER: "3", RATE_LIMIT_LOGIN: "2" });
const person = await api.agent();
const forget = () => api.sql`delete from rate_limit`;
beforeEach(async () => void (await forget()));

const newKey = async (): Promise<string> =>
  (await api.call("create_api_key", { name: "k" }, { as: person })).body.result.key;
const rate = ({ headers }: Answer) =>
  ["limit", "remaining"].map((name) => Number(headers.get(`ratelimit-${name}`)));

function expectLimited(answer: Answer, limit: number) {
  expectRefusal(answer, 429, "RATE_LIMITED", `Too many requests (${limit} per hour). Try again in`);
  const wait = Number(answer.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(3500);
  expect(wait).toBeLessThanOrEqual(3660);
  expect(rate(answer)).toEqual([limit, 0]);
  expect(answer.headers.get("ratelimit-reset")).toBe(String(wait));
}

test("a key has its requests of the hour, and no more", async () => {
  const key = await newKey();
  await forget();
  const answers: Answer[] = [];
  for (let i = 0; i < 4; i++) answers.push(await api.call("get_wallet", {}, { as: key }));
  expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 429]);
  expect(answers.slice(0, 3).map(rate)).toEqual([
    [3, 2],
    [3, 1],
    [3, 0],
  ]);
  expectLimited(answers[3]!, 3);
  expect((await api.call("get_wallet", {}, { as: await newKey() })).status).toBe(200);
});

test("refused requests count too, and many at once get no more than their share", async () => {
  const key = await newKey();
  await forget();
  const answers = await Promise.all(Array.from({ length: 20 }, () => api.call("nope", {}, { as: key })));
  const count = (status: number) => answers.filter((a) => a.status === status).length;
  expect([count(400), count(429)]).toEqual([3, 17]);
});

test("sign-ups and sign-ins are limited per address; a forged X-Forwarded-For changes nothing", async () => {
  const login = (i: number) =>
    api.call(
      "login",
      { email: person.email, password: "wrong-horse-1" },
      { headers: { "x-forwarded-for": `203.0.113.${i}`, "x-humans2ai-client-ip": `203.0.113.${i}` } },
    );
  const statuses = [];
  for (let i = 0; i < 2; i++) statuses.push((await login(i)).status);
  expect(statuses).toEqual([401, 401]);
  expectLimited(await login(2), 2);
  const register = (i: number) =>
    api.call(
      i % 2 ? "register_human" : "register",
      { email: "x", password: "y" },
      { headers: { "x-forwarded-for": `203.0.113.${i}` } },
    );
  for (let i = 0; i < 3; i++) expect((await register(i)).status).toBe(400);
  expectLimited(await register(4), 3);
});

test("the same limits hold for MCP", async () => {
  const rpc = (name: string) =>
    api.send("/api/v1/mcp", {
      headers: { accept: "application/json, text/event-stream", "content-type": "application/json" },
      body: {
        jsonrpc: "2.0",
        id: 1,
        method: "tools/call",
        params: { name, arguments: { email: "a@b.cd", password: "x" } },
      },
    });
  for (let i = 0; i < 2; i++) expect((await rpc("login")).text).toContain("AUTH_FAILED");
  expect((await rpc("login")).text).toContain("RATE_LIMITED: Too many requests (2 per hour)");
});

test("an address has its requests of the hour, with or without a key", async () => {
  const small = await startApi({ RATE_LIMIT_IP: "2" });
  for (let i = 0; i < 2; i++) expect((await small.call("get_wallet")).status).toBe(401);
  expectLimited(await small.call("get_wallet"), 2);
  expectLimited(await small.send("/api/v1/files/file_x"), 2);
  const rpc = await small.send("/api/v1/mcp", { body: { jsonrpc: "2.0", id: 7, method: "tools/list" } });
  expect(rpc.status).toBe(429);
  expect(rpc.body).toEqual({
    jsonrpc: "2.0",
    id: 7,
    error: { code: -429, message: expect.stringContaining("Too many"), data: { code: "RATE_LIMITED" } },
  });
  expect(Number(rpc.headers.get("retry-after"))).toBeGreaterThan(3500);
  expect((await small.send("/api/v1/health")).status).toBe(200);
});
