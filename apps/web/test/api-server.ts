/** The production listener without the pages: what server.ts runs, in a process of its own. */

import type { AddressInfo } from "node:net";
import { createListener, listen } from "../src/server/listener.ts";
import { prepare } from "../src/server/prepare.ts";

const { letGo, stop } = await prepare();
const { server, close } = createListener(
  async (req, res) =>
    void res.writeHead(404, { "content-type": "application/json" }).end(JSON.stringify(req.headers)),
);
await listen(server, 0, "127.0.0.1");
process.send?.((server.address() as AddressInfo).port);
process.once("SIGTERM", () => {
  Promise.all([letGo(), close()])
    .then(stop)
    .then(() => process.exit(0));
});
