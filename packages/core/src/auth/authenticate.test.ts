import { describe, expect, test } from "vitest";
import { openWorld, refused } from "../../test/world.ts";
import type { Actor } from "../context.ts";
import type { Core } from "../core.ts";
import { actorOfUser, authenticate, enterSession } from "./authenticate.ts";
import { signIdToken, verifyIdToken } from "./tokens.ts";

const w = await openWorld();
const agent = await w.agent("Mira");
const keyOf = async (over: object = {}, of: Actor = agent) =>
  w.core.call(of, "create_api_key", { name: "CI", ...over });
const enter = (bearer: string | null, ip = "10.0.0.1", core = w.core) => authenticate(core, bearer, ip);
let hosts = 0;
const freshIp = () => `10.77.${Math.floor(hosts / 250)}.${(hosts++ % 250) + 1}`;

describe("an API key", () => {
  test("is its agent, with its own permissions", async () => {
    const { key, id } = await keyOf({ permissions: ["tasks:read"] });
    expect((await enter(key)).actor).toMatchObject({
      role: "agent",
      userId: agent.userId,
      name: "Mira",
      permissions: ["tasks:read"],
      via: "api_key",
      keyId: id,
      limits: { capped: false, confirmAbove: null },
      sessionId: null,
      ip: "10.0.0.1",
      signedInAt: null,
    });
  });

  test("ends when it is revoked, when it expires, and with its account", async () => {
    const revoked = await keyOf();
    await w.core.call(agent, "revoke_api_key", { keyId: revoked.id });
    expect((await refused("UNAUTHORIZED", enter(revoked.key))).message).toContain("revoked");
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const short = await keyOf({ expiresAt });
    await enter(short.key);
    expect((await refused("UNAUTHORIZED", enter(short.key, "10.0.0.1", w.later(1.1)))).message).toContain(
      "expired",
    );
    const other = await w.agent();
    const theirs = await keyOf({}, other);
    await w.core.client`update app_user set suspended_at = clock_now() where id = ${other.userId}`;
    await refused("USER_SUSPENDED", enter(theirs.key));
    await refused("USER_SUSPENDED", actorOfUser(w.core, other.userId));
  });

  test("works from its addresses only", async () => {
    const { key } = await keyOf({ allowedIps: ["10.1.0.0/16", "2001:db8::/32"] });
    for (const ip of ["10.1.2.3", "::ffff:10.1.2.3", "2001:db8::9"]) await enter(key, ip);
    for (const ip of ["10.2.0.1", "::1", "unknown"]) {
      expect((await refused("UNAUTHORIZED", enter(key, ip))).message).toContain("address");
    }
  });

  test("is found by its prefix, and is itself only whole", async () => {
    const [one, two] = [await keyOf(), await keyOf()];
    await w.core
      .client`update api_key set prefix = ${one.key.slice(0, 14)} where id in (${one.id}, ${two.id})`;
    expect((await enter(one.key)).actor.keyId).toBe(one.id);
    const guesses = [`${one.key.slice(0, -1)}~`, one.key.slice(0, 14), `${one.key}x`, two.key];
    for (const guess of guesses) await refused("UNAUTHORIZED", enter(guess));
  });

  test("a guess with the right prefix uses up nothing of the key's hour, and is no use of it", async () => {
    const { key, id } = await keyOf();
    const core = w.later(0, { rateLimitKey: 2 });
    for (let i = 0; i < 5; i++)
      await refused("UNAUTHORIZED", enter(`${key.slice(0, 14)}guess${i}`, freshIp(), core));
    const { apiKeys } = await w.core.call(agent, "list_api_keys", {});
    expect(apiKeys.find((k) => k.id === id)?.lastUsedAt).toBeNull();
    expect((await enter(key, freshIp(), core)).rate.remaining).toBe(1);
  });

  test("remembers its last use, and from where, but not that it was refused", async () => {
    const { key, id } = await keyOf({ allowedIps: ["10.0.0.0/8"] });
    const last = async () => {
      const { apiKeys } = await w.core.call(agent, "list_api_keys", {});
      return apiKeys.find((k) => k.id === id);
    };
    const lastUse = async () => (await last())?.lastUsedAt;
    await refused("UNAUTHORIZED", enter(key, "192.0.2.1"));
    expect(await lastUse()).toBeNull();
    await enter(key);
    const first = await lastUse();
    expect(Date.now() - new Date(first!).getTime()).toBeLessThan(10_000);
    await enter(key, "10.0.0.2", w.later(2));
    expect((await last())?.lastUsedFrom).toBe("10.0.0.2");
    expect(new Date((await lastUse())!).getTime()).toBeGreaterThan(new Date(first!).getTime() + 7_000_000);
  });
});

describe("an idToken", () => {
  const secret = w.core.secret;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = () => Math.floor(Date.now() / 1000);
  const claims = () => ({ iss: "humans2ai", sub: agent.userId, iat: now(), exp: now() + 3600 });

  const sessionOf = async (token: string) => (await verifyIdToken(secret, token, new Date()))!;

  test("is its user, with every permission, and knows its session", async () => {
    const { idToken } = await w.login(agent);
    const { actor } = await enter(idToken);
    const { id: sessionId } = await sessionOf(idToken);
    expect(actor).toMatchObject({ userId: agent.userId, via: "id_token", keyId: null, sessionId });
    expect(actor.permissions).toHaveLength(7);
    expect(Math.abs(actor.signedInAt!.getTime() - Date.now())).toBeLessThan(10_000);
  });

  test("ends after its minutes, with its session, and with its account", async () => {
    const { idToken } = await w.login(agent);
    await enter(idToken, "10.0.0.1", w.later(0.98));
    await refused("UNAUTHORIZED", enter(idToken, "10.0.0.1", w.later(1.02)));
    const { id } = await sessionOf(idToken);
    await w.core.client`update sign_in set ended_at = clock_now() where id = ${id}`;
    expect((await refused("UNAUTHORIZED", enter(idToken))).message).toContain("session has ended");
    const human = await w.human();
    const theirs = (await w.login(human)).idToken;
    await w.core.client`update app_user set suspended_at = clock_now() where id = ${human.userId}`;
    await refused("USER_SUSPENDED", enter(theirs));
  });

  test("is signed by this server, with this algorithm, or nobody's", async () => {
    const { idToken: good } = await w.login(agent);
    const [head, body, signature] = good.split(".") as [string, string, string];
    const elsewhere = new TextEncoder().encode("another secret of thirty-two bytes or more");
    const { id } = await sessionOf(good);
    const session = { id, userId: agent.userId, signedInAt: new Date() };
    const sign = (over: object, by = secret) => signIdToken(by, { ...session, ...over }, new Date(), 60);
    await enter(await sign({}));
    const forged: string[] = [
      await sign({}, elsewhere),
      await sign({ userId: w.admin.userId }),
      await sign({ userId: "user_none" }),
      await sign({ id: "ses_none" }),
      await sign({ id: undefined }),
      `${head}.${part({ ...claims(), sub: w.admin.userId })}.${signature}`,
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      `${head}.${body}.`,
      `${part({ alg: "none" })}.${part(claims())}.`,
      `${part({ alg: "none" })}.${part(claims())}.${signature}`,
      `${part({ alg: "HS512" })}.${body}.${signature}`,
    ];
    for (const token of forged) await refused("UNAUTHORIZED", enter(token));
  });

  test.each(["x", "a.b.c", "sk_live_", "sk_live_unknown", "..", " ", "é\u0000ü", "x".repeat(20_000)])(
    "is not %j",
    async (junk) => {
      await refused("UNAUTHORIZED", enter(junk));
    },
  );
});

test("a missing credential is the anonymous actor", async () => {
  for (const none of [null, ""]) expect((await enter(none)).actor.role).toBe("anonymous");
});

test("a session is the user as the account stands now", async () => {
  expect(await actorOfUser(w.core, agent.userId)).toMatchObject({ role: "agent", via: "session" });
  await refused("USER_NOT_FOUND", actorOfUser(w.core, "user_none"));
});

test("a browser's session is counted like any request, and ends like any other", async () => {
  const session = (await verifyIdToken(w.core.secret, (await w.login(agent)).idToken, new Date()))!;
  const strict = w.later(0, { rateLimitIp: 2 });
  const ip = freshIp();
  const { actor, rate } = await enterSession(strict, session, ip);
  expect(actor).toMatchObject({ userId: agent.userId, via: "session", sessionId: session.id, ip });
  expect(rate).toMatchObject({ policy: "ip", remaining: 1 });
  const page = await actorOfUser(w.core, agent.userId, { ip, sessionId: session.id });
  expect(page).toEqual(actor);
  await enterSession(strict, null, ip);
  await refused("RATE_LIMITED", enterSession(strict, session, ip));
  const foreign = { id: session.id, userId: w.admin.userId };
  await refused("UNAUTHORIZED", enterSession(w.core, foreign, freshIp()));
  await refused("UNAUTHORIZED", actorOfUser(w.core, w.admin.userId, { sessionId: session.id }));
  await w.core.client`update sign_in set ended_at = clock_now() where id = ${session.id}`;
  await refused("UNAUTHORIZED", enterSession(w.core, session, freshIp()));
  await refused("UNAUTHORIZED", actorOfUser(w.core, agent.userId, { sessionId: session.id }));
});

describe("the hour's limit", () => {
  const strict = (hours = 0, limits: Partial<Core["settings"]> = {}) =>
    w.later(hours, { rateLimitKey: 3, rateLimitIp: 100, ...limits });

  test("is the key's, wherever it comes from", async () => {
    const core = strict();
    const [one, two] = [(await keyOf()).key, (await keyOf()).key];
    const left: number[] = [];
    for (let i = 0; i < 3; i++) left.push((await enter(one, freshIp(), core)).rate.remaining);
    expect(left).toEqual([2, 1, 0]);
    const refusal = await refused("RATE_LIMITED", enter(one, freshIp(), core));
    expect(refusal).toMatchObject({ http: 429, retry: true });
    expect(refusal.facts.limit).toBe(3);
    await enter(two, freshIp(), core);
  });

  test("is the address's, whoever comes", async () => {
    const core = strict(0, { rateLimitKey: 100, rateLimitIp: 3 });
    const ip = freshIp();
    await enter(null, ip, core);
    await refused("UNAUTHORIZED", enter("sk_live_guess", ip, core));
    expect((await enter((await keyOf()).key, ip, core)).rate).toMatchObject({ limit: 100, remaining: 99 });
    await refused("RATE_LIMITED", enter((await keyOf()).key, ip, core));
    await refused("RATE_LIMITED", enter(null, ip, core));
    await enter(null, freshIp(), core);
  });

  test("slides, and Retry-After says when there is room", async () => {
    const { key } = await keyOf();
    const at = (hours: number) => enter(key, freshIp(), strict(hours));
    await at(0);
    await at(0);
    await at(0.7);
    const first = await refused("RATE_LIMITED", at(0.7));
    const wait = first.facts.retryAfter as number;
    expect(wait).toBeGreaterThan(0.25 * 3600);
    expect(wait).toBeLessThanOrEqual(0.35 * 3600 + 60);
    await refused("RATE_LIMITED", at(0.9));
    await at(0.7 + (wait + 1) / 3600);
    await at(0.7 + (wait + 1) / 3600);
    const second = await refused("RATE_LIMITED", at(0.7 + (wait + 1) / 3600));
    expect(second.facts.retryAfter).toBeGreaterThan(0);
    await at(3);
  });

  test("holds when two servers share a database and many come at once", async () => {
    const { key } = await keyOf();
    const cores = [strict(0, { rateLimitKey: 10 }), strict(0, { rateLimitKey: 10 })];
    const all = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) => enter(key, freshIp(), cores[i % 2])),
    );
    expect(all.filter((a) => a.status === "fulfilled")).toHaveLength(10);
  });

  test("a dead key is refused as dead, not as busy", async () => {
    const { key, id } = await keyOf();
    await w.core.call(agent, "revoke_api_key", { keyId: id });
    for (let i = 0; i < 5; i++) await refused("UNAUTHORIZED", enter(key, freshIp(), strict()));
  });
});
