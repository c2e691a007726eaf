/** What the database refuses whatever the code does, and what the invariant views find where it was forced. */

import postgres from "postgres";
import { describe, expect, test } from "vitest";
import type { Sql } from "../src/db/client.ts";
import { brokenInvariants } from "../src/db/health.ts";
import { openWorld, taskAt } from "./world.ts";

const w = await openWorld();
const sql = w.core.client;
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];
const [open, assigned, completed] = [
  await taskAt(w, "applied", agent, human),
  await taskAt(w, "assigned", agent, human),
  await taskAt(w, "completed", agent, human),
];
const [available, held] = [`${agent.userId}:available`, `${agent.userId}:held`];

const event = (
  on: Sql,
  task: string,
  seq: number,
  action: string,
  from: string,
  to: string,
  role = "agent",
) =>
  on`insert into task_event (task_id, seq, action, from_status, to_status, role, actor, at)
    values (${task}, ${seq}, ${action}, ${from}, ${to}, ${role}, 'by hand', clock_now())`;
const transfer = (
  on: Sql,
  kind: string,
  from: string,
  to: string,
  amount: number,
  task: [string, number] | null = null,
) =>
  on`insert into transfer (id, kind, from_account, to_account, amount, task_id, seq, created_at)
    values ('tx_by_hand', ${kind}, ${from}, ${to}, ${amount}, ${task?.[0] ?? null}, ${task?.[1] ?? null}, clock_now())`;

/** Everything that is kept, in one number. */
const everything = async () => {
  const tables = ["task", "task_event", "transfer", "account", "application", "app_user"];
  const sums = await Promise.all(
    tables.map((t) =>
      sql.unsafe(`select md5(coalesce(string_agg(x::text, ',' order by x::text), '')) from ${t} x`),
    ),
  );
  return sums.map(([row]) => row?.md5).join(" ");
};

const unique = ["23505"];
const foreign = ["23503"];
const check = ["23514"];
const byHand = ["23001"];

const refusals: Record<string, [string[], (on: Sql) => PromiseLike<unknown>]> = {
  "an illegal edge": [
    [...check, ...foreign],
    (on) => event(on, assigned, 3, "approve", "assigned", "completed"),
  ],
  "an edge of an action that does not exist": [
    [...check, ...foreign],
    (on) => event(on, assigned, 3, "steal", "assigned", "completed"),
  ],
  "a legal edge by the wrong role": [
    [...check, ...foreign],
    (on) => event(on, open, 2, "cancel", "open", "expired", "human"),
  ],
  "an edge from a false past": [foreign, (on) => event(on, open, 2, "approve", "submitted", "completed")],
  "an edge from a past not reached": [foreign, (on) => event(on, open, 4, "cancel", "open", "expired")],
  "two events at one position": [unique, (on) => event(on, assigned, 2, "cancel", "open", "expired")],
  "a second beginning": [unique, (on) => event(on, open, 1, "create", "new", "open")],
  "a beginning in the middle": [check, (on) => event(on, open, 2, "create", "new", "open")],
  "a first event from a status": [check, (on) => event(on, open, 0, "cancel", "open", "expired")],
  "an event of no task": [foreign, (on) => event(on, "task_none", 1, "create", "new", "open")],
  "a task without its event": [
    foreign,
    (
      on,
    ) => on`insert into task (id, agent_id, title, description, category, urgency, remote, requirements, skills,
        auto_approve, budget, fee, review_term, dispute_term, deadline, escrow_id, max_applications, status, seq, created_at, updated_at)
      select 'task_by_hand', agent_id, title, description, category, urgency, remote, requirements, skills,
        auto_approve, budget, fee, review_term, dispute_term, deadline, escrow_id, max_applications, status, seq, created_at, updated_at
      from task where id = ${open}`,
  ],
  "a status written by hand": [byHand, (on) => on`update task set status = 'completed' where id = ${open}`],
  "a deadline moved by hand": [byHand, (on) => on`update task set deadline = clock_now() where id = ${open}`],
  "a review term cut by hand": [
    byHand,
    (on) => on`update task set review_term = '1 hour' where id = ${open}`,
  ],
  "a human written by hand": [
    byHand,
    (on) => on`update task set human_id = ${human.userId} where id = ${open}`,
  ],
  "a position written by hand": [byHand, (on) => on`update task set seq = 9 where id = ${open}`],
  "a budget changed": [byHand, (on) => on`update task set budget = 1 where id = ${open}`],
  "a fee changed": [byHand, (on) => on`update task set fee = 0 where id = ${open}`],
  "an owner changed": [byHand, (on) => on`update task set agent_id = agent_id where id = ${open}`],
  "a term moved": [byHand, (on) => on`update task set clock_at = clock_now() where id = ${open}`],
  "a task deleted": [byHand, (on) => on`delete from task where id = ${open}`],
  "an event changed": [byHand, (on) => on`update task_event set data = '{}'`],
  "an event deleted": [byHand, (on) => on`delete from task_event where task_id = ${open}`],
  "events truncated": [[...byHand, "0A000"], (on) => on`truncate task_event cascade`],
  "a transfer changed": [byHand, (on) => on`update transfer set amount = 1`],
  "a transfer deleted": [byHand, (on) => on`delete from transfer`],
  "transfers truncated": [byHand, (on) => on`truncate transfer`],
  "tasks truncated": [byHand, (on) => on`truncate task cascade`],
  "a balance written by hand": [byHand, (on) => on`update account set balance = 1 where id = ${available}`],
  "earnings written by hand": [byHand, (on) => on`update account set earned = 1 where id = ${available}`],
  "an account deleted": [byHand, (on) => on`delete from account where id = ${available}`],
  "accounts truncated": [byHand, (on) => on`truncate account cascade`],
  "an account that starts rich": [
    byHand,
    (on) => on`insert into account (id, owner, kind, balance) values ('x', ${human.userId}, 'available', 5)`,
  ],
  "an account of nobody": [
    check,
    (on) => on`insert into account (id, kind, balance) values ('x', 'available', 0)`,
  ],
  "an overdraw": [check, (on) => transfer(on, "withdrawal", available, "world", 10 ** 12)],
  "an overdraw of the escrow": [
    check,
    (on) => transfer(on, "platform_fee", held, "fees", 10 ** 12, [open, 1]),
  ],
  "an amount of zero": [check, (on) => transfer(on, "withdrawal", available, "world", 0)],
  "a negative amount": [check, (on) => transfer(on, "withdrawal", available, "world", -5)],
  "a transfer of a kind that does not exist": [check, (on) => transfer(on, "gift", "world", available, 5)],
  "a transfer to itself": [check, (on) => transfer(on, "withdrawal", available, available, 5)],
  "a transfer to nowhere": [foreign, (on) => transfer(on, "withdrawal", available, "nowhere", 5)],
  "a transfer from nowhere": [foreign, (on) => transfer(on, "deposit", "nowhere", available, 5)],
  "a release without a task": [check, (on) => transfer(on, "escrow_release", held, available, 5)],
  "a deposit with a task": [check, (on) => transfer(on, "deposit", "world", available, 5, [open, 1])],
  "a second lock": [unique, (on) => transfer(on, "escrow_lock", available, held, 5, [open, 1])],
  "a second release": [
    unique,
    (on) => transfer(on, "escrow_release", held, `${human.userId}:available`, 5, [completed, 4]),
  ],
  "a refund after a release": [
    unique,
    (on) => transfer(on, "escrow_refund", held, available, 5, [completed, 4]),
  ],
  "a second fee": [unique, (on) => transfer(on, "platform_fee", held, "fees", 5, [completed, 4])],
  "a second accepted applicant": [
    unique,
    (on) => on`insert into application (id, task_id, human_id, message, status, applied_at, updated_at)
      values ('app_by_hand', ${assigned}, ${w.admin.userId}, 'x', 'accepted', clock_now(), clock_now())`,
  ],
};

test.each(Object.entries(refusals))("refuses %s", async (_, [codes, attempt]) => {
  const before = await everything();
  const outcome = await sql
    .begin(async (tx) => void (await attempt(tx)))
    .then(
      () => null,
      (error: unknown) => error,
    );
  expect(outcome).toBeInstanceOf(postgres.PostgresError);
  expect(codes, String(outcome)).toContain((outcome as postgres.PostgresError).code);
  expect(await everything()).toBe(before);
});

describe("an invariant finds what was forced past every constraint", () => {
  const forced: [string, (on: Sql) => PromiseLike<unknown>][] = [
    ["balances", (on) => on`update account set balance = balance + 1 where id = ${available}`],
    ["totals", (on) => on`update account set earned = earned + 1 where id = ${available}`],
    ["totals", (on) => on`update account set spent = spent + 1 where id = ${held}`],
    ["held", (on) => on`update account set balance = balance + 1 where id = ${held}`],
    ["heads", (on) => on`update task set status = 'expired' where id = ${open}`],
    ["heads", (on) => on`update task set clock_at = null where id = ${open}`],
    ["heads", (on) => on`delete from task_event where task_id = ${open}`],
    ["settlements", (on) => on`delete from transfer where kind = 'escrow_release'`],
    ["settlements", (on) => on`delete from transfer where kind = 'platform_fee'`],
    ["settlements", (on) => on`delete from transfer where task_id = ${open}`],
    ["settlements", (on) => on`update transfer set amount = amount + 1 where kind = 'escrow_lock'`],
    ["directions", (on) => on`update transfer set kind = 'escrow_refund' where kind = 'escrow_release'`],
    ["directions", (on) => on`update transfer set to_account = ${available} where kind = 'escrow_release'`],
    ["directions", (on) => on`update transfer set to_account = 'nowhere' where kind = 'deposit'`],
    ["directions", (on) => on`update transfer set seq = 9 where kind = 'escrow_release'`],
    ["applications", (on) => on`update application set status = 'withdrawn' where status = 'accepted'`],
    ["applications", (on) => on`update task set applicant_count = applicant_count + 1 where id = ${open}`],
  ];
  test.each(forced)("%s: %s", async (name, force) => {
    expect(await brokenInvariants(sql)).toEqual([]);
    const undo = new Error("undo");
    const found: string[] = [];
    const forcing = sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await force(tx);
      found.push(...(await brokenInvariants(tx)).map((b) => b.name));
      throw undo;
    });
    await expect(forcing).rejects.toBe(undo);
    expect(found).toContain(name);
  });
});
