/** The production listener without the pages: what server.ts runs, in a process of its own. */

import type { AddressInfo } from "node:net";
import { createListener, listen } from "../src/server/listener.ts";
import { prepare } from "../src/server/prepare.ts";

const { letGo, stop } = await prepare();
/** In place of a page: what the listener tells the pages of a request. */
const TOLD = /^(x-nonce|x-forwarded-(host|proto)|content-security-policy.*)$/;
const { server, close } = createListener(async ({ headers }, res) => {
  const told = Object.entries(headers).filter(([name]) => TOLD.test(name));
  res.writeHead(404, { "content-type": "application/json" }).end(JSON.stringify(Object.fromEntries(told)));
});
// Any free one, but for a test whose API has to know its own address beforehand.
await listen(server, Number(process.env.TEST_PORT ?? 0), "127.0.0.1");
process.send?.((server.address() as AddressInfo).port);
process.once("SIGTERM", () => {
  Promise.all([letGo(), close()])
    .then(stop)
    .then(() => process.exit(0));
});
