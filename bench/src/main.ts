import { benchCore } from "./core-bench.ts";
import { openMarket } from "./market.ts";

const databaseUrl = process.env.BENCH_DATABASE_URL;
if (!databaseUrl)
  throw new Error("BENCH_DATABASE_URL is not set; run `pnpm bench` in the repository's root.");
const market = await openMarket(databaseUrl);
for (const p of await benchCore(market)) {
  console.log(p.name, p.ratio.toFixed(2), `[${p.low.toFixed(2)}–${p.high.toFixed(2)}]`, p.subject, p.bare);
}
await market.core.close();
