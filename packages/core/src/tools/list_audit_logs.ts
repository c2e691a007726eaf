import { eq, type SQL } from "drizzle-orm";
import { z } from "zod";
import { auditFilters, auditPaging, filtered, findEntries, fullEntry } from "../audit/view.ts";
import type { Context } from "../context.ts";
import { auditEntries as a } from "../db/schema.ts";
import { text } from "../fields.ts";
import { defineTool } from "../tool.ts";
import { ours } from "../untrusted/mark.ts";

export const list_audit_logs = defineTool({
  title: "List the audit",
  summary:
    "Every write, sign-in, key and admin action of the platform, newest first: who, what, from where, through which door, with what outcome.",
  who: ["admin"],
  permission: null,
  effect: "read",
  rest: { method: "GET", path: "/admin/audit-logs" },
  input: z.strictObject({
    ...auditFilters,
    actorId: text(64).optional().describe("Only what this user did"),
    accountId: text(64).optional().describe("Only what concerns this user's account"),
    object: text(64).optional().describe("Only what was done to the thing with this id"),
    ip: text(64).optional().describe("Only from this address"),
    ...auditPaging,
  }),
  output: z.object({
    entries: z.array(fullEntry),
    nextCursor: ours().nullable(),
    sealing: z.object({
      sealedTo: z.int().describe("Entries up to this number are covered by signed seals"),
      keyId: z.string(),
      publicKey: ours(z.string().describe("The ed25519 key that signs the seals, base64 of SPKI")),
    }),
  }),
  refusals: ["VALIDATION_ERROR"],
  async run(ctx, input) {
    const conditions = [
      ...filtered(input),
      ...(input.actorId ? await byActor(ctx, input.actorId) : []),
      ...(input.accountId ? [eq(a.account, input.accountId)] : []),
      ...(input.object ? [eq(a.object, input.object)] : []),
      ...(input.ip ? [eq(a.ip, input.ip)] : []),
    ];
    const { entries, nextCursor, sealedTo } = await findEntries(ctx, conditions, input);
    const { keyId, published: publicKey } = ctx.auditKey;
    return { entries, nextCursor, sealing: { sealedTo, keyId, publicKey } };
  },
});

/** What agents and humans do is about their own accounts, which have an index; admins have one of their own. */
async function byActor(ctx: Context, actorId: string): Promise<SQL[]> {
  const [user] = await ctx.sql`select role from app_user where id = ${actorId}`;
  const indexed = user && (user.role === "admin" ? eq(a.role, "admin") : eq(a.account, actorId));
  return [eq(a.actor, actorId), ...(indexed ? [indexed] : [])];
}
