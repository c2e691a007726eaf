/** The description of an app, when the hour of the one who asks is full and the kept one is old. */

import { expect, test, vi } from "vitest";
import { startApi } from "./api.ts";
import { SECRET } from "./database.ts";
import { CALLBACK } from "./oauth.ts";
import { LOCALHOST_TLS, startReceiver } from "./receiver.ts";

const api = await startApi();
const site = await startReceiver((res, { path }) => {
  const client = { client_id: `${host}${path}`, redirect_uris: [CALLBACK] };
  res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(client));
}, LOCALHOST_TLS);
const host = `https://localhost:${site.port}`;

test("a caller whose hour is full is served what was good lately, and takes nobody else's hour", async () => {
  for (const [name, value] of Object.entries({
    DATABASE_URL: api.databaseUrl,
    AUTH_SECRET: SECRET,
    WEBHOOK_ALLOW_PRIVATE: "1",
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
  })) {
    vi.stubEnv(name, value);
  }
  const { describedClient } = await import("../src/server/oauth/document.ts");
  const { getCore } = await import("../src/server/core.ts");
  const [caller, other] = ["203.0.113.7", "203.0.113.8"];
  const known = `${host}/known.json`;
  await describedClient(known, caller);
  for (let i = 1; i < 20; i++) await describedClient(`${host}/${i}.json`, caller);
  await expect(describedClient(`${host}/20.json`, caller)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await expect(describedClient(`${host}/20.json`, other)).resolves.toMatchObject({ id: `${host}/20.json` });

  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
  await expect(describedClient(known, caller)).resolves.toMatchObject({ id: known });
  expect(site.at("/known.json"), "not asked again").toHaveLength(1);
  await describedClient(known, other);
  expect(site.at("/known.json")).toHaveLength(2);
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await getCore().close();
});
