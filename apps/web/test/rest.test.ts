/** Tools under addresses of their own: the same door, the same refusals, plain REST. */

import { describe, expect, test } from "vitest";
import { coffeeShops, expectRefusal, startApi, withKey } from "./api.ts";

const api = await startApi();
const MIGHTY = ["tasks:write", "keys:write"];

describe("API keys over REST", () => {
  test("are made, listed and revoked", async () => {
    const as = await api.agent();
    const made = await api.send("/api/v1/api-keys", {
      as,
      body: { name: "ci", permissions: ["tasks:read"] },
    });
    expect(made.status, made.text).toBe(200);
    expect(made.body).toMatchObject({
      error: null,
      result: { name: "ci", key: expect.stringMatching(/^sk_live_/) },
    });
    const listed = await api.send("/api/v1/api-keys", { as });
    expect(listed.body.result.apiKeys.map((k: { name: string }) => k.name)).toContain("ci");
    const { id } = made.body.result;
    const gone = await api.send(`/api/v1/api-keys/${id}`, { as, method: "DELETE" });
    expect(gone.body.result.revokedAt).not.toBeNull();
    expectRefusal(await api.send("/api/v1/api-keys", { as: made.body.result.key }), 401, "UNAUTHORIZED");
  });

  test("are changed after a fresh sign-in, and by no key", async () => {
    const as = await api.agent();
    const { id, key } = (
      await api.send("/api/v1/api-keys", {
        as,
        body: { name: "ci", permissions: [...MIGHTY], maxPerTask: 5 },
      })
    ).body.result;
    const upgrade = (who: typeof as | string, permissions = ["tasks:write"]) =>
      api.send(`/api/v1/api-keys/${id}/upgrade`, { as: who, body: { permissions } });
    const patch = (who: typeof as | string, body: object) =>
      api.send(`/api/v1/api-keys/${id}`, { as: who, method: "PATCH", body });
    expectRefusal(await upgrade(key), 403, "FORBIDDEN", "An API key cannot do this.");
    expectRefusal(await upgrade(key, ["nonsense"]), 403, "FORBIDDEN");
    expectRefusal(await patch(key, { maxPerTask: null }), 403, "FORBIDDEN");
    expectRefusal(await patch(key, { allowedIps: [] }), 403, "FORBIDDEN");
    const changed = await patch(as, { maxPerTask: 7.5, expiresAt: "2090-01-01T00:00:00Z" });
    expect(changed.body.result).toMatchObject({ id, maxPerTask: 7.5, maxPerDay: null, permissions: MIGHTY });
    expect((await upgrade(as)).body.result).toMatchObject({
      id,
      permissions: ["tasks:write"],
      maxPerTask: 7.5,
    });
    expectRefusal(await api.send("/api/v1/api-keys", { as: key }), 403, "FORBIDDEN", "keys:write");
    expectRefusal(await upgrade(await api.agent()), 404, "KEY_NOT_FOUND");
    expectRefusal(await upgrade(""), 401, "UNAUTHORIZED");
  });

  test("hold an agent to what they may spend", async () => {
    const as = await api.agent();
    const body = { name: "ci", permissions: ["tasks:write"], maxPerDay: 30, confirmAbove: 20 };
    const { key, id } = (await api.send("/api/v1/api-keys", { as, body })).body.result;
    const create = (budget: number) => api.call("create_task", coffeeShops({ budget }), withKey(key));
    expect((await create(19)).status).toBe(200);
    const over = await create(12);
    expectRefusal(over, 403, "SPENDING_CAP_EXCEEDED", "at most 30 $A9 in 24 hours; it has locked 19 $A9");
    // Nobody need be asked about what the key may not spend anyway.
    expectRefusal(await create(20), 403, "SPENDING_CAP_EXCEEDED");
    const raised = await api.send(`/api/v1/api-keys/${id}`, { as, method: "PATCH", body: { maxPerDay: 40 } });
    expect(raised.status).toBe(200);
    expectRefusal(await create(20), 403, "CONFIRMATION_REQUIRED", /request_confirmation/);
  });

  test("of others are not found", async () => {
    const [mine, other] = [await api.agent(), await api.agent()];
    const { body } = await api.send("/api/v1/api-keys", { as: mine, body: { name: "mine" } });
    const stolen = await api.send(`/api/v1/api-keys/${body.result.id}`, { as: other, method: "DELETE" });
    expectRefusal(stolen, 404, "KEY_NOT_FOUND");
  });
});

test("the API describes itself, every route of it", async () => {
  const { status, body } = await api.send("/api/v1/openapi.json");
  expect(status).toBe(200);
  expect(body.openapi).toBe("3.1.0");
  expect(Object.keys(body.paths["/api-keys"]).sort()).toEqual(["get", "post"]);
  const [keyId] = body.paths["/api-keys/{keyId}"].delete.parameters;
  expect(keyId).toMatchObject({ name: "keyId", in: "path", required: true });
  for (const path of Object.keys(body.paths)) {
    const answer = await api.send(`/api/v1${path.replace(/\{\w+\}/g, "x")}`, { method: "OPTIONS" });
    expectRefusal(answer, 405, "METHOD_NOT_ALLOWED");
  }
});

test("bad requests are refused in the contract's shape", async () => {
  const as = await api.agent();
  expectRefusal(await api.send("/api/v1/api-keys"), 401, "UNAUTHORIZED");
  expectRefusal(await api.send("/api/v1/api-keys", { as, method: "PATCH" }), 405, "METHOD_NOT_ALLOWED");
  expectRefusal(await api.send("/api/v1/api-keys", { as, body: "[]" }), 400, "VALIDATION_ERROR");
  expectRefusal(await api.send("/api/v1/api-keys", { as, body: "{" }), 400, "MCP_ERROR");
  const twice = await api.send("/api/v1/api-keys?name=a", { as, body: { name: "b" } });
  expectRefusal(twice, 400, "VALIDATION_ERROR", /name: is given twice/);
  expectRefusal(await api.send("/api/v1/api-keys/%ff", { as, method: "DELETE" }), 404, "KEY_NOT_FOUND");
  expectRefusal(await api.send("/api/v1/no-such-thing", { as }), 404, "NOT_FOUND");
});
