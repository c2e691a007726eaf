import { type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { z } from "zod";
import type { Context } from "./context.ts";
import type { pagination } from "./fields.ts";

/** Above this many rows a list is not counted exactly: counting a million costs 500 times its first page. */
const COUNT_CAP = 10_000;

/** The pattern that finds a text anywhere, whatever signs are in it. */
export const containing = (search: string): string => `%${search.replace(/[\\%_]/g, "\\$&")}%`;

/** Counts what a list finds, up to COUNT_CAP, and says which page of it this is. */
export async function paginate(
  ctx: Context,
  table: PgTable,
  where: SQL | undefined,
  { page, limit }: { page: number; limit: number },
): Promise<z.input<typeof pagination>> {
  const found = sql`select 1 from ${table} where ${where ?? sql`true`} limit ${COUNT_CAP}`;
  const [row] = await ctx.db.execute<{ n: number }>(sql`select count(*)::int as n from (${found}) capped`);
  const totalItems = row?.n ?? 0;
  return { page, pageSize: limit, totalItems, totalPages: Math.ceil(totalItems / limit) };
}
