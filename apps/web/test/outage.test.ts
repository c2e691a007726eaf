/** The database goes away and comes back, and once it answers with nonsense: what the API says meanwhile. */

import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { expect, test } from "vitest";
import { expectRefusal, startApi } from "./api.ts";

/** A door before Postgres that a test can shut. */
class Door {
  #server: Server | undefined;
  #port = 0;
  #sockets = new Set<Socket>();

  async open(to: { host: string; port: number }): Promise<number> {
    const server = createServer((socket) => {
      const behind = dial(to.port, to.host);
      for (const [a, b] of [
        [socket, behind],
        [behind, socket],
      ] as const) {
        this.#sockets.add(a);
        a.on("error", () => b.destroy()).on("close", () => this.#sockets.delete(a));
        a.pipe(b);
      }
    });
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (server.address() as { port: number }).port;
    this.#server = server;
    return this.#port;
  }

  shut() {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

async function soon<T>(look: () => Promise<T>, wanted: T, ms = 8000) {
  const until = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen === wanted || Date.now() > until) return expect(seen).toBe(wanted);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("503 while the database is gone, promptly, and all is well when it is back", async () => {
  const door = new Door();
  let where = { host: "", port: 0 };
  const api = await startApi({}, true, async (url) => {
    where = { host: url.hostname, port: Number(url.port) };
    url.port = String(await door.open(where));
    url.hostname = "127.0.0.1";
  });
  const agent = await api.agent();
  const health = async () => (await api.send("/api/v1/health")).status;
  expect(await health()).toBe(200);

  door.shut();
  const began = Date.now();
  for (let i = 0; i < 10; i++) {
    const gone = await api.send("/api/v1/health");
    expectRefusal(gone, 503, "UNAVAILABLE", /cannot reach its database/);
    expectRefusal(await api.call("get_wallet", {}, { as: agent }), 503, "UNAVAILABLE");
  }
  expect(Date.now() - began).toBeLessThan(15_000);

  await door.open(where);
  await soon(health, 200);
  expect((await api.call("get_wallet", {}, { as: agent })).status).toBe(200);
  door.shut();
}, 40_000);

test("what is broken inside is a 500 with an id, and only the log has the details", async () => {
  const api = await startApi({}, true);
  const agent = await api.agent();
  await api.sql`alter function wallet(text, text) rename to wallet_gone`;
  const answer = await api.call("get_wallet", {}, { as: agent });
  expectRefusal(answer, 500, "INTERNAL_ERROR", /may or may not have been done/);
  expect(answer.text).not.toMatch(/wallet_gone|function|postgres/i);
  const id = /quote (\S+) if/.exec(answer.body.error.message)?.[1] ?? "no id";
  expect(api.log()).toContain(`[${id}]`);
  expect(api.log()).toMatch(/function wallet\(.*does not exist/);
});
