/** Those whom an account's owner lets decide for it. */

import { z } from "zod";
import { toIso } from "./codecs.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";
import { email, text, timestamp } from "./fields.ts";
import { ours } from "./untrusted/mark.ts";

/** Only the owner writes the list, and only the account reads it. */
export const approverShape = z.object({
  id: z.string(),
  name: ours(),
  email: ours(),
  team: ours().nullable(),
  createdAt: timestamp,
});

export const approverFields = {
  name: text(80).describe("What they are called"),
  email: z.string().pipe(email).describe("Where they are asked"),
  team: text(40).optional().describe("A name for several: who is asked by it is everybody of it"),
};

export interface ApproverRow {
  id: string;
  name: string;
  email: string;
  team: string | null;
  created_at: string;
}

export const encodeApprover = (row: ApproverRow): z.input<typeof approverShape> => ({
  id: row.id,
  name: row.name,
  email: row.email,
  team: row.team,
  createdAt: toIso(row.created_at),
});

export const approversOf = ({ sql, actor }: Context) =>
  sql<ApproverRow[]>`select * from approver where account = ${actor.userId} order by lower(name), id`;

/** The approvers that these ids, addresses and teams name; APPROVER_NOT_FOUND for one that names nobody. */
export async function findApprovers(ctx: Context, named: readonly string[]): Promise<ApproverRow[]> {
  const all = await approversOf(ctx);
  const found = named.flatMap((name) => {
    const wanted = name.toLowerCase();
    const some = all.filter((a) => a.id === name || a.email === wanted || a.team?.toLowerCase() === wanted);
    if (some.length === 0) throw new Refusal("APPROVER_NOT_FOUND", { approver: name });
    return some;
  });
  return [...new Set(found)];
}
