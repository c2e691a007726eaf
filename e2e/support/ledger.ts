/** The books themselves, read where no code of the product stands between. Amounts in micro-$A9. */

import postgres from "postgres";

const sql = postgres(process.env.E2E_DATABASE_URL ?? "", { max: 1, onnotice: () => {} });

/** The names of all invariant views that are not empty. */
export async function brokenInvariants(): Promise<string[]> {
  const views = await sql<{ name: string }[]>`
    select table_name as name from information_schema.views
    where table_schema = 'public' and starts_with(table_name, 'invariant_') order by 1`;
  if (views.length === 0) throw new Error("There are no invariant views: nothing would be checked.");
  const broken: string[] = [];
  for (const { name } of views) {
    const rows = await sql`select * from ${sql(name)}`;
    if (rows.length > 0) broken.push(`${name}: ${JSON.stringify(rows)}`);
  }
  return broken;
}

export async function balances(userId: string): Promise<Record<string, string>> {
  const rows = await sql<{ kind: string; balance: string }[]>`
    select kind::text, balance::text from account where owner = ${userId}`;
  return Object.fromEntries(rows.map(({ kind, balance }) => [kind, balance]));
}

/** A task's transfers in the order they were made. */
export async function transfersOf(taskId: string): Promise<string[]> {
  const rows = await sql<{ kind: string; amount: string }[]>`
    select kind::text, amount::text from transfer where task_id = ${taskId} order by seq, kind`;
  return rows.map(({ kind, amount }) => `${kind} ${amount}`);
}

/** As if this account's owner had opened the link in our mail. */
export const confirmAddress = async (userId: string): Promise<void> =>
  void (await sql`update app_user set email_verified_at = clock_now() where id = ${userId}`);

export const closeLedger = () => sql.end({ timeout: 5 });
