/** `pnpm bench`: all measurements, to the terminal and to RESULTS.md. */

import { writeFile } from "node:fs/promises";
import { benchCore } from "./core-bench.ts";
import { benchHttp } from "./http-bench.ts";
import { freshDatabase, openMarket } from "./market.ts";
import { report } from "./report.ts";
import { bareServer, productionServer } from "./servers.ts";
import { benchStdio } from "./stdio-bench.ts";

const serverUrl = process.env.BENCH_DATABASE_URL;
if (!serverUrl) {
  throw new Error("BENCH_DATABASE_URL is not set; run `pnpm bench` in the repository's root.");
}
const say = (what: string) => console.log(`${what} …`);

say("Opening a marketplace to measure in");
const databaseUrl = await freshDatabase(serverUrl);
const market = await openMarket(databaseUrl);
const [version] = await market.core.client`show server_version`;
say("1. In core");
const core = await benchCore(market);
say("2. Over HTTP");
const production = await productionServer(databaseUrl);
const bare = await bareServer(databaseUrl);
const http = await benchHttp(market, production, bare);
await bare.stop();
say("3. Over stdio");
const { key } = await market.core.call(market.agents[0]!, "create_api_key", { name: "stdio" });
const stdio = await benchStdio(production, key);
await production.stop();
await market.core.close();

const page = report({ postgres: version?.server_version, core, http, stdio }, new Date());
await writeFile(new URL("../RESULTS.md", import.meta.url), page);
console.log(`\n${page}`);
