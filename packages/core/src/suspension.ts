/** Suspending and restoring accounts: who is locked, what ends, what is kept. */

import { z } from "zod";
import { encodeUser, type UserRow, userShape } from "./account.ts";
import { advance } from "./advance.ts";
import { toIso, toIsoOrNull } from "./codecs.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";
import { text, timestamp, userId } from "./fields.ts";
import { type Author, written } from "./untrusted/mark.ts";

export const adminReason = text(2000, 10).describe("Why; mailed to the user and kept (min 10 chars)");
export const suspensionInput = z.strictObject({
  userId: userId.describe("The user ID"),
  reason: adminReason,
});

/** Somebody's account as an admin sees it: its name and address are that somebody's words. */
export const accountShape = userShape.extend({
  email: written((user) => user.role as Author, 254),
  displayName: written((user) => user.role as Author, 80),
  suspendedAt: timestamp.nullable(),
});
export const encodeAccount = (user: UserRow): z.input<typeof accountShape> => ({
  ...encodeUser(user),
  suspendedAt: toIsoOrNull(user.suspendedAt),
});

export const adminActionShape = z.object({
  id: z.string(),
  action: z.enum(["suspend", "restore"]),
  reason: written(() => "admin", 2000),
  adminId: z.string(),
  adminName: written(() => "admin", 80),
  at: timestamp,
});

interface LockedUser {
  id: string;
  role: "agent" | "human" | "admin";
  email: string;
  suspended_at: string | null;
}

/**
 * Locks the account that an admin acts on, and the admin's own: of two who suspend each other at once, the second is
 * suspended by the time it gets here, so one admin always stays. Refuses with OWN_ACCOUNT, USER_NOT_FOUND, USER_SUSPENDED.
 */
export async function lockUser({ sql, actor }: Context, id: string): Promise<LockedUser> {
  if (id === actor.userId) throw new Refusal("OWN_ACCOUNT");
  const rows = await sql<LockedUser[]>`
    select id, role, email, suspended_at from app_user where id in (${id}, ${actor.userId})
    order by id for no key update`;
  const find = (wanted: string) => rows.find((row) => row.id === wanted);
  const user = find(id);
  if (!user) throw new Refusal("USER_NOT_FOUND");
  if (find(actor.userId)?.suspended_at) throw new Refusal("USER_SUSPENDED");
  return user;
}

/** Sets or lifts the suspension of a locked user and keeps the reason. */
export async function keepAction(ctx: Context, action: "suspend" | "restore", id: string, reason: string) {
  const { sql, actor } = ctx;
  const [row] = await sql`
    update app_user set suspended_at = case ${action} when 'suspend' then clock_now() end
    where id = ${id} returning suspended_at`;
  await sql`insert into admin_action (id, user_id, admin_id, action, reason, at)
    values (${ctx.id("act")}, ${id}, ${actor.userId}, ${action}, ${reason}, clock_now())`;
  return row?.suspended_at ? toIso(row.suspended_at) : null;
}

/**
 * A suspended human holds nothing up: tasks assigned to it open again for others, and its waiting applications give
 * their places back. Proof that was submitted stays: it is reviewed, and paid by silence, like anyone's.
 */
export async function releaseTasks(ctx: Context, humanId: string): Promise<number> {
  const { sql } = ctx;
  const locked = await sql<{ id: string; assigned: boolean }[]>`
    select id, human_id is not distinct from ${humanId} as assigned from task
    where human_id = ${humanId} and status = 'assigned' and clock_at > clock_now()
      or id in (select task_id from application where human_id = ${humanId} and status = 'pending')
    order by id for no key update`;
  const assigned = locked.filter((task) => task.assigned);
  for (const { id } of assigned) {
    await advance(ctx, "give_up", id, { reason: "The account of the human was suspended." });
  }
  await sql`
    with gone as (
      update application set status = 'withdrawn', updated_at = clock_now()
      where human_id = ${humanId} and status = 'pending' returning task_id)
    update task set applicant_count = applicant_count - 1 where id in (select task_id from gone)`;
  return assigned.length;
}

export async function isSuspended({ sql }: Context, id: string): Promise<boolean> {
  const [row] = await sql`select suspended_at is not null as suspended from app_user where id = ${id}`;
  return row?.suspended === true;
}
