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

function expectLimited(answer: Answer, limit: number, policy: string) {
  expectRefusal(answer, 429, "RATE_LIMITED", `Too many requests (${limit} per hour). Try again in`);
  const wait = Number(answer.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(3500);
  expect(wait).toBeLessThanOrEqual(3660);
  expect(rate(answer)).toEqual([limit, 0]);
  expect(answer.headers.get("ratelimit-reset")).toBe(String(wait));
  expect(answer.headers.get("ratelimit-policy")).toBe(`"${policy}";q=${limit};w=3600`);
  expect(answer.headers.get("ratelimit")).toBe(`"${policy}";r=0;t=${wait}`);
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
  expectLimited(answers[3]!, 3, "key");
  const { headers } = answers[0]!;
  expect(headers.get("ratelimit-policy")).toBe('"key";q=3;w=3600');
  expect(headers.get("ratelimit")).toBe(`"key";r=2;t=${headers.get("ratelimit-reset")}`);
  // Truthful: the first used request comes back when its minute leaves the hour.
  expect(Number(headers.get("ratelimit-reset"))).toBeGreaterThan(3600);
  expect(Number(headers.get("ratelimit-reset"))).toBeLessThanOrEqual(3660);
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
  const forged = (i: number) => ({
    "x-forwarded-for": `203.0.113.${i}, 2001:db8::${i}`,
    "x-humans2ai-client-ip": `203.0.113.${i}`,
    forwarded: `for=203.0.113.${i}`,
    "x-real-ip": `203.0.113.${i}`,
  });
  const login = (i: number) =>
    api.call("login", { email: person.email, password: "wrong-horse-1" }, { headers: forged(i) });
  const statuses = [];
  for (let i = 0; i < 2; i++) statuses.push((await login(i)).status);
  expect(statuses).toEqual([401, 401]);
  expectLimited(await login(2), 2, "login");
  const register = (i: number, email = `limits${i}@example.com`) =>
    api.call(
      i % 2 ? "register_human" : "register",
      { email, password: "letters-and-1", [i % 2 ? "displayName" : "agentName"]: "x" },
      { headers: forged(i) },
    );
  // What could not have been a sign-up uses nobody's hour up.
  for (let i = 0; i < 5; i++) expect((await register(i, "x")).status).toBe(400);
  for (let i = 0; i < 3; i++) expect((await register(i)).status).toBe(200);
  expectLimited(await register(4), 3, "register");
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
  expectLimited(await small.call("get_wallet"), 2, "ip");
  expectLimited(await small.send("/api/v1/files/file_x"), 2, "ip");
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

test("two processes on one database let through what one would, many at once", async () => {
  const settings = { RATE_LIMIT_KEY: "25", RATE_LIMIT_IP: "40" };
  const one = await startApi(settings);
  const two = await startApi(settings, false, async (url) => {
    url.href = one.databaseUrl;
  });
  const them = await one.agent();
  const keys = await Promise.all(
    ["a", "b"].map(
      async (name) => (await one.call("create_api_key", { name }, { as: them })).body.result.key,
    ),
  );
  await one.sql`delete from rate_limit`;
  const volley = (key: string, n: number) =>
    Promise.all(Array.from({ length: n }, (_, i) => (i % 2 ? one : two).call("get_wallet", {}, { as: key })));
  const passed = (answers: Answer[]) => answers.filter((a) => a.status === 200).length;
  const first = await volley(keys[0], 30);
  expect(passed(first)).toBe(25);
  const left = first.filter((a) => a.status === 200).map((a) => Number(a.headers.get("ratelimit-remaining")));
  expect(left.sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, i) => i));
  // The address has 40 in all, 30 of which are gone with the first key.
  expect(passed(await volley(keys[1], 30))).toBe(10);
});

test("behind a proxy each IPv6 customer has one hour, however many addresses it uses", async () => {
  const proxied = await startApi({ RATE_LIMIT_IP: "3", TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8" });
  const from = async (forwarded: string) =>
    (await proxied.call("get_wallet", {}, { headers: { "x-forwarded-for": forwarded } })).status;
  expect(await from("2001:db8:1:2::1")).toBe(401);
  expect(await from("[2001:db8:1:2:ffff::9]:443, 10.0.0.3")).toBe(401);
  expect(await from("198.51.100.7, 2001:db8:1:2::3")).toBe(401);
  expect(await from("2001:db8:1:2::4")).toBe(429);
  expect(await from("203.0.113.5, 2001:db8:1:2::5, 10.0.0.3, 10.0.0.4")).toBe(429);
  expect(await from("2001:db8:1:3::1")).toBe(401);
  expect(await from("::ffff:198.51.100.7")).toBe(401);
  expect(await from("198.51.100.7")).toBe(401);
  expect(await from("198.51.100.7")).toBe(401);
  expect(await from("::ffff:198.51.100.7")).toBe(429);
});
