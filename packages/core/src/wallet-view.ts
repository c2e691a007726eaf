/** A user's side of the book: which transfers touch it, with what sign, and what each is about. */

import { z } from "zod";
import { toAmount, toIso } from "./codecs.ts";
import { timestamp, transferKind } from "./fields.ts";
import { availableAccount, heldAccount, type TransferKindName, transferKinds } from "./ledger.ts";
import { ours } from "./untrusted/mark.ts";

export const transactionShape = z.object({
  id: z.string(),
  type: transferKind,
  amount: z.number().describe("In $A9token, always positive"),
  direction: z.enum(["in", "out", "internal"]).describe("Into, out of, or within (escrow) this wallet"),
  description: ours(),
  taskId: z.string().nullable(),
  createdAt: timestamp,
});

export interface TransferRow {
  id: string;
  kind: string;
  from_account: string;
  to_account: string;
  amount: string | number;
  task_id: string | null;
  created_at: string | Date;
}

export function encodeTransfer(row: TransferRow, userId: string): z.input<typeof transactionShape> {
  const mine = [availableAccount(userId), heldAccount(userId)];
  const [out, into] = [mine.includes(row.from_account), mine.includes(row.to_account)];
  const type = row.kind as TransferKindName;
  return {
    id: row.id,
    type,
    amount: toAmount(row.amount),
    direction: out && into ? "internal" : into ? "in" : "out",
    description: transferKinds[type].label,
    taskId: row.task_id,
    createdAt: toIso(row.created_at),
  };
}
