/** Tools under addresses of their own: the same door, the same refusals, plain REST. */

import { describe, expect, test } from "vitest";
import { expectRefusal, startApi } from "./api.ts";

const api = await startApi();

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
