import { type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { z } from "zod";
import type { Context } from "./context.ts";
import type { pagination } from "./fields.ts";

/** Above this many rows a list is not counted exactly: counting a million costs 500 times its first page. */
export const COUNT_CAP = 10_000;

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
  return pageOf(row?.n ?? 0, { page, limit });
}

/** Which page this is of a list that holds so many. */
export const pageOf = (
  totalItems: number,
  { page, limit }: { page: number; limit: number },
): z.input<typeof pagination> => ({
  page,
  pageSize: limit,
  totalItems,
  totalPages: Math.ceil(totalItems / limit),
});
