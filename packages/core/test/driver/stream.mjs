/** Queries and transfers without end, until stdin closes: no failure may be fatal, half done, or for ever. */

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { inTime, open } from "./scenes.mjs";

const url = process.argv[2];
const sql = open(url, { max: 4, connect_timeout: 10 });
let running = true;
let rounds = 0;
let failures = 0;

async function work(n) {
  while (running) {
    try {
      await inTime(
        "a transfer",
        sql.begin(async (tx) => {
          await tx`update purse set amount = amount - 1 where id = ${n}`;
          await sleep(n);
          await tx`update purse set amount = amount + 1 where id = ${n + 1}`;
        }),
      );
      await inTime("a query", Promise.all([sql`select 1`, sql`select ${n}::int`]));
      rounds++;
    } catch (error) {
      // An assertion means that something hung.
      if (error instanceof assert.AssertionError) throw error;
      failures++;
      await sleep(20);
    }
  }
}

await sql`create table purse (id int primary key, amount int not null)`;
await sql`insert into purse select generate_series(1, 9), 100`;
process.stdin.resume().on("end", () => {
  running = false;
});
const workers = [1, 2, 3, 4, 5, 6, 7, 8].map(work);
const report = setInterval(() => process.stdout.write(`${rounds} ${failures}\n`), 50);
await Promise.all(workers);
clearInterval(report);
const [{ sum }] = await sql`select sum(amount)::int as sum from purse`;
assert.equal(sum, 900);
await inTime("end", sql.end());
process.stdout.write("played\n");
