import { eq } from "drizzle-orm";
import { z } from "zod";
import { toAmount, toIso, toIsoOrNull } from "../codecs.ts";
import type { Context } from "../context.ts";
import { users } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { timestamp, userId } from "../fields.ts";
import { type Status, statusNames } from "../statuses.ts";
import { accountShape, adminActionShape, encodeAccount } from "../suspension.ts";
import { defineTool } from "../tool.ts";
import { written } from "../untrusted/mark.ts";

const SHOWN_TASKS = 20;

export const get_user = defineTool({
  title: "Get a user",
  summary:
    "What an admin has to know of an account: money, tasks, keys, sessions, reports, and past suspensions.",
  who: ["admin"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/admin/users/:userId" },
  input: z.strictObject({ userId: userId.describe("The user ID") }),
  output: accountShape.extend({
    lastSeenAt: timestamp.nullable().describe("Last use of a session or an API key"),
    money: z
      .object({ balance: z.number(), held: z.number(), earned: z.number(), spent: z.number() })
      .nullable()
      .describe("In $A9token; admins have no wallet"),
    tasks: z.object({ total: z.int(), running: z.int().describe("Those whose escrow is held") }),
    runningTasks: z
      .array(
        z.object({
          id: z.string(),
          title: written(() => "agent", 200),
          status: z.enum(statusNames),
          budget: z.number(),
        }),
      )
      .describe(`The ${SHOWN_TASKS} last changed`),
    apiKeys: z.object({ live: z.int(), total: z.int() }),
    sessions: z.int().describe("Sign-ins that have not ended"),
    reports: z.object({ open: z.int(), acted: z.int(), total: z.int() }).describe("Reports against the user"),
    history: z.array(adminActionShape).describe("Suspensions and restorations, the latest first"),
  }),
  refusals: ["USER_NOT_FOUND", "VALIDATION_ERROR"],
  async run(ctx, { userId: id }) {
    const [user] = await ctx.db.select().from(users).where(eq(users.id, id));
    if (!user) throw new Refusal("USER_NOT_FOUND");
    const [access, money, tasks, reports, history] = await Promise.all([
      accessOf(ctx, id),
      moneyOf(ctx, id),
      tasksOf(ctx, id),
      reportsOn(ctx, id),
      historyOf(ctx, id),
    ]);
    return {
      ...encodeAccount(user),
      ...access,
      money,
      ...tasks,
      reports,
      history,
    };
  },
});

async function accessOf({ sql }: Context, id: string) {
  const [row] = await sql`
    select greatest(s.last, k.last) as last_seen, s.live as sessions, k.live, k.total
    from (select max(last_seen_at) as last, count(*) filter (where ended_at is null and expires_at > clock_now())::int as live
      from sign_in where user_id = ${id}) s,
     (select max(last_used_at) as last, count(*)::int as total, count(*) filter (
        where revoked_at is null and (expires_at is null or expires_at > clock_now()))::int as live
      from api_key where user_id = ${id}) k`;
  return {
    lastSeenAt: toIsoOrNull(row?.last_seen),
    sessions: row?.sessions as number,
    apiKeys: { live: row?.live as number, total: row?.total as number },
  };
}

async function moneyOf({ sql }: Context, id: string) {
  const [row] = await sql`
    select a.balance, h.balance as held, a.earned, h.spent from account a, account h
    where a.id = ${`${id}:available`} and h.id = ${`${id}:held`}`;
  if (!row) return null;
  const { balance, held, earned, spent } = row;
  return {
    balance: toAmount(balance),
    held: toAmount(held),
    earned: toAmount(earned),
    spent: toAmount(spent),
  };
}

async function tasksOf({ sql }: Context, id: string) {
  const running = sql`select status from lifecycle_status where escrow = 'held'`;
  const [[counts], rows] = await Promise.all([
    sql`select count(*)::int as total, count(*) filter (where status in (${running}))::int as running
      from task where agent_id = ${id} or human_id = ${id}`,
    sql<{ id: string; title: string; status: Status; budget: string }[]>`
      select id, title, status, budget from task
      where (agent_id = ${id} or human_id = ${id}) and status in (${running})
      order by updated_at desc, id desc limit ${SHOWN_TASKS}`,
  ]);
  return {
    tasks: { total: counts?.total as number, running: counts?.running as number },
    runningTasks: rows.map((task) => ({ ...task, budget: toAmount(task.budget) })),
  };
}

async function reportsOn({ sql }: Context, id: string) {
  const [row] = await sql<{ open: number; acted: number; total: number }[]>`
    select count(*) filter (where resolved_at is null)::int as open,
      count(*) filter (where outcome = 'acted')::int as acted, count(*)::int as total
    from report where subject_id = ${id}`;
  return row!;
}

async function historyOf({ sql }: Context, id: string) {
  const rows = await sql`
    select a.id, action, reason, admin_id, display_name, at from admin_action a
    join app_user u on u.id = admin_id where user_id = ${id} order by at desc, a.id desc limit 100`;
  return rows.map((row) => ({
    id: row.id as string,
    action: row.action as "suspend" | "restore",
    reason: row.reason as string,
    adminId: row.admin_id as string,
    adminName: row.display_name as string,
    at: toIso(row.at),
  }));
}
