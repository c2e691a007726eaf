/** Deaths of a database connection; each runs in a process of its own, where whatever nobody catches is fatal. */

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { openHole } from "./hole.mjs";

const CLOSED = { code: "CONNECTION_CLOSED" };
const IN_TIME_MS = 15_000;

/** What hangs is told, not waited for. */
export function inTime(what, promise) {
  const late = sleep(IN_TIME_MS, null, { ref: false }).then(() => assert.fail(`${what}: still waiting`));
  return Promise.race([promise, late]);
}

export const open = (url, more = {}) =>
  postgres(url, { max: 1, onnotice: () => {}, backoff: (n) => Math.min(n * 0.05, 0.5), ...more });

const refused = (what, promise, error = CLOSED) => inTime(what, assert.rejects(promise, error));
const pidOf = async (sql) => (await sql`select pg_backend_pid() as pid`)[0].pid;

/** Ends a backend, and returns when it is gone and its client could notice. */
async function kill(admin, pid) {
  await admin`select pg_terminate_backend(${pid}, 5000)`;
  await sleep(50);
}

/** The pool is whole: it serves, commits what it is told to commit, and lets itself be ended. */
async function wellAgain(sql, admin, mark) {
  for (let i = 0; i < 5; i++) await inTime(`query ${i} afterwards`, sql`select ${i}::int`);
  await inTime(
    "begin",
    sql.begin((tx) => tx`insert into driver values (${mark})`),
  );
  await inTime(
    "begin",
    sql.begin((tx) => [tx`select 1`, tx`select 2`]),
  );
  assert.equal((await admin`select from driver where word = ${mark}`).length, 1);
  await inTime("end", sql.end());
}

async function dies({ sql, admin }) {
  let failed;
  const done = sql.begin(async (tx) => {
    await tx`insert into driver values ('dies')`;
    await refused("the query", tx`select pg_terminate_backend(pg_backend_pid()), pg_sleep(5)`);
    await refused("the next", tx`insert into driver values ('dies')`);
    await refused(
      "a savepoint",
      tx.savepoint((sp) => sp`insert into driver values ('dies')`),
    );
    failed = true;
  });
  await refused("begin", done);
  await sleep(100);
  assert.equal(failed, true);
  await wellAgain(sql, admin, "well");
  assert.equal((await admin`select from driver where word = 'dies'`).length, 0);
}

async function queued({ sql, admin }) {
  const done = sql.begin(async (tx) => {
    const pid = await pidOf(tx);
    const all = [1, 2, 3].map((n) => refused(`query ${n}`, tx`select pg_sleep(20), ${n}::int`));
    await sleep(50);
    await kill(admin, pid);
    await Promise.all(all);
  });
  await refused("begin", done);
  await wellAgain(sql, admin, "well");
}

/** The first transaction dies idle; its callback wakes up when a second one has the connection. */
async function stranger({ sql, admin }) {
  let wake;
  const asleep = new Promise((resolve) => {
    wake = resolve;
  });
  let ghost;
  let pid;
  let awake;
  const begun = new Promise((resolve) => {
    awake = resolve;
  });
  const first = sql.begin(async (tx) => {
    await tx`insert into driver values ('first')`;
    pid = await pidOf(tx);
    awake();
    await asleep;
    ghost = refused("the dead one's insert", tx`insert into driver values ('ghost')`);
    await ghost;
  });
  const over = refused("the first", first);
  await begun;
  await kill(admin, pid);
  await over;
  const second = sql.begin(async (tx) => {
    await tx`insert into driver values ('second')`;
    wake();
    await sleep(200);
    await ghost;
    await tx`insert into driver values ('third')`;
    throw new Error("no");
  });
  await refused("the second", second, { message: "no" });
  assert.deepEqual([...(await admin`select word from driver`)], []);
  await wellAgain(sql, admin, "well");
}

async function ended({ sql, admin }) {
  let kept;
  await sql.begin(async (tx) => {
    kept = tx;
    await tx`select 1`;
  });
  await refused("a late one", kept`insert into driver values ('late')`, { code: "TRANSACTION_ENDED" });
  assert.equal((await admin`select from driver`).length, 0);
  await wellAgain(sql, admin, "well");
}

async function reset({ url, admin }) {
  const hole = await openHole(url);
  const sql = open(hole.url);
  for (const busy of [true, false, true]) {
    const done = sql.begin(async (tx) => {
      await tx`insert into driver values ('reset')`;
      const slow = busy && inTime("the query", assert.rejects(tx`select pg_sleep(1)`));
      await sleep(50);
      hole.reset();
      await slow;
      await (busy ? refused("the next", tx`select 2`) : inTime("the next", assert.rejects(tx`select 2`)));
    });
    await inTime("begin", assert.rejects(done));
    for (let i = 0; i < 4; i++) await inTime(`query ${i}`, sql`select ${i}::int`);
  }
  await wellAgain(sql, admin, "well");
  assert.equal((await admin`select from driver where word = 'reset'`).length, 0);
}

async function reserve({ url, admin }) {
  const hole = await openHole(url);
  const sql = open(hole.url);
  const mine = await inTime("reserve", sql.reserve());
  const pid = await pidOf(mine);
  const waiting = refused("a query of it", mine`select pg_sleep(20)`);
  await sleep(50);
  await kill(admin, pid);
  await waiting;
  await refused("the next", mine`insert into driver values ('mine')`);
  await inTime("the pool", sql`select 1`);
  await refused("one after that", mine`insert into driver values ('mine')`);
  mine.release();
  await hole.shut();
  await sleep(50);
  await inTime("reserve without a server", assert.rejects(sql.reserve()));
  await hole.reopen();
  const again = await inTime("reserve again", sql.reserve());
  await again`select 1`;
  again.release();
  await refused("a released one", again`select 1`, { code: "CONNECTION_RELEASED" });
  assert.equal((await admin`select from driver`).length, 0);
  await wellAgain(sql, admin, "well");
}

async function listen({ url, admin }) {
  const hole = await openHole(url);
  const sql = open(hole.url);
  const heard = [];
  let listening = 0;
  await sql.listen(
    "driver",
    (word) => heard.push(word),
    () => listening++,
  );
  for (const round of [1, 2]) {
    await hole.shut();
    await sleep(400);
    await hole.reopen();
    const back = async () => {
      while (listening <= round) await sleep(20);
      await admin`select pg_notify('driver', ${`round ${round}`})`;
      while (heard.length < round) await sleep(20);
    };
    await inTime(`listening in round ${round}`, back());
  }
  assert.deepEqual(heard, ["round 1", "round 2"]);
  await wellAgain(sql, admin, "well");
}

async function slammed({ url, admin }) {
  const hole = await openHole(url);
  const sql = open(hole.url);
  hole.become("slam");
  await refused("a query", sql`select 1`);
  await refused(
    "begin",
    sql.begin((tx) => tx`select 1`),
  );
  hole.become("forward");
  await wellAgain(sql, admin, "well");
}

async function closing({ sql, admin }) {
  const pid = await pidOf(sql);
  const slow = refused("the query", sql`select pg_sleep(20)`);
  await sleep(50);
  const end = sql.end();
  await kill(admin, pid);
  await slow;
  await inTime("end", end);
}

/** Half of the rows must not pass for all of them. */
async function cursor({ sql, admin }) {
  const pid = await pidOf(sql);
  const seen = [];
  const read = async () => {
    for await (const [row] of sql`select generate_series(1, 10) as n`.cursor(1)) {
      seen.push(row.n);
      if (row.n === 3) await kill(admin, pid);
    }
  };
  await refused("the rows", read());
  assert.deepEqual(seen, [1, 2, 3]);
  await wellAgain(sql, admin, "well");
}

export const scenes = { dies, queued, stranger, ended, reset, reserve, listen, slammed, closing, cursor };
