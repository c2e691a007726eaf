import type { Sql } from "./client.ts";

/** The invariant views that are not empty, with how many rows each has. Empty means well. */
export async function brokenInvariants(sql: Sql): Promise<{ name: string; rows: number }[]> {
  return sql<{ name: string; rows: number }[]>`select name, rows from invariant where rows > 0 order by name`;
}

/** The product's clock as the database tells it: the cheapest question that shows it is well. */
export async function databaseTime(sql: Sql): Promise<Date> {
  const [row] = await sql`select clock_now() as now`;
  return new Date(row?.now);
}
