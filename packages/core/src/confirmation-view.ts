/** A confirmation as a person is asked for it: what request, get, list and decide share. */

import { hkdfSync } from "node:crypto";
import { z } from "zod";
import { toIso, toIsoOrNull } from "./codecs.ts";
import { moneyTools } from "./confirmation.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";
import { text, timestamp } from "./fields.ts";
import { encodePayment, payment } from "./task-view.ts";
import { ours } from "./untrusted/mark.ts";

export const confirmationId = text(64).describe("The confirmation's ID (conf_…)");

/** Only its own account ever sees one, so its texts are the reader's own. */
export const confirmationShape = z.object({
  id: z.string(),
  tool: z.enum(moneyTools),
  status: z
    .enum(["pending", "approved", "declined", "expired", "used"])
    .describe("used: approved, and its action was done"),
  message: ours(z.string().describe("The question, with the real amounts")),
  params: z.array(z.object({ name: ours(), value: ours() })).describe("The parameters it is bound to"),
  taskId: z.string().nullable(),
  taskTitle: ours().nullable(),
  payout: payment.describe("What the budget is made of, in $A9token"),
  askedBy: ours(z.string().describe("The API key's or app's name, or the account's")),
  approvalUrl: ours(z.string().describe("Where a person of the account answers, signed in")),
  createdAt: timestamp,
  expiresAt: timestamp,
  decidedAt: timestamp.nullable(),
  decidedVia: z
    .enum(["browser", "client"])
    .nullable()
    .describe("client: answered in the agent's client, which relayed it"),
});
export type ConfirmationWire = z.input<typeof confirmationShape>;

interface ConfirmationRow {
  id: string;
  tool: (typeof moneyTools)[number];
  status: "pending" | "approved" | "declined";
  message: string;
  params: Record<string, unknown>;
  task_id: string | null;
  task_title: string | null;
  amount: string;
  fee: string;
  asked_by: string;
  created_at: string;
  expires_at: string;
  decided_at: string | null;
  decided_via: "browser" | "client" | null;
  used_at: string | null;
  late: boolean;
}

/**
 * The token of a confirmation: made from its id and the product's secret, so that a client's round trip need not carry
 * it. 192 bits, like all tokens; the database has its hash.
 */
export const confirmationTokenOf = (secret: Uint8Array, id: string): string =>
  `ctk_${Buffer.from(hkdfSync("sha256", secret, "", `humans2ai confirmation ${id}`, 24)).toString("base64url")}`;

export const approvalUrl = ({ settings }: Pick<Context, "settings">, id: string): string =>
  `${settings.publicUrl}/approve/${id}`;

/** The actor's confirmations that ask a person, newest first: one, or those that still wait. */
export async function findConfirmations(ctx: Context, id: string | null): Promise<ConfirmationWire[]> {
  const { sql, actor } = ctx;
  const rows = await sql<ConfirmationRow[]>`
    select c.*, t.title as task_title, coalesce(k.name, g.client_name, u.display_name) as asked_by,
      c.expires_at <= clock_now() as late
    from confirmation c join app_user u on u.id = c.principal
      left join task t on t.id = c.task_id left join api_key k on k.id = c.key_id
      left join oauth_grant g on g.id = c.key_id
    where c.principal = ${actor.userId} and c.status <> 'ready'
      and ${id === null ? sql`c.status = 'pending' and c.expires_at > clock_now()` : sql`c.id = ${id}`}
    order by c.created_at desc limit 100`;
  return rows.map((row) => encode(ctx, row));
}

/** One of the actor's own; CONFIRMATION_NOT_FOUND for all others. */
export async function findConfirmation(ctx: Context, id: string): Promise<ConfirmationWire> {
  const [found] = await findConfirmations(ctx, id);
  if (!found) throw new Refusal("CONFIRMATION_NOT_FOUND", { confirmationId: id });
  return found;
}

const encode = (ctx: Context, row: ConfirmationRow): ConfirmationWire => ({
  id: row.id,
  tool: row.tool,
  status: statusOf(row),
  message: row.message,
  params: Object.entries(row.params).map(([name, value]) => ({ name, value: sayValue(value) })),
  taskId: row.task_id,
  taskTitle: row.task_title,
  payout: encodePayment({ budget: Number(row.amount), fee: Number(row.fee) }),
  askedBy: row.asked_by,
  approvalUrl: approvalUrl(ctx, row.id),
  createdAt: toIso(row.created_at),
  expiresAt: toIso(row.expires_at),
  decidedAt: toIsoOrNull(row.decided_at),
  decidedVia: row.decided_via,
});

function statusOf({ status, used_at, late }: ConfirmationRow): ConfirmationWire["status"] {
  if (used_at) return "used";
  return late && status !== "declined" ? "expired" : status;
}

function sayValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(sayValue).join(", ");
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
