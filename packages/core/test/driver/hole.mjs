import { once } from "node:events";
import { connect, createServer } from "node:net";

/** A way to the database that can be cut: `forward` carries on, `slam` accepts and closes, `shut` refuses.
 * @param {string} url of the database */
export async function openHole(url) {
  const target = new URL(url);
  const open = new Set();
  let mode = "forward";
  const server = createServer((near) => {
    near.on("error", () => near.destroy());
    if (mode === "slam") {
      near.end();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
    near.on("close", () => far.destroy());
    open.add(near);
    near.pipe(far).pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  const through = new URL(url);
  through.host = `127.0.0.1:${port}`;
  return {
    url: through.toString(),
    /** @param {"forward" | "slam"} now */
    become(now) {
      mode = now;
    },
    /** Resets (RST) every connection that runs through here. */
    reset() {
      for (const socket of open) socket.resetAndDestroy();
      open.clear();
    },
    async shut() {
      const closed = once(server, "close");
      server.close();
      this.reset();
      await closed;
    },
    async reopen() {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
    },
  };
}
