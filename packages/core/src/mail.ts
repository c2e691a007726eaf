/** Mail that the product sends: enqueued in the transaction that causes it, delivered by a job. */

import type { Sql } from "./db/client.ts";

export interface Mail {
  to: string;
  subject: string;
  /** Plain text. No secret but a one-time link, and of others only what an admin wrote to its reader. */
  text: string;
  /** Minutes after which it is of no use and is not sent any more; three days unless told. */
  goodFor?: number;
}

const THREE_DAYS = 3 * 24 * 60;

export const queueMail = async (
  sql: Sql,
  { to, subject, text, goodFor = THREE_DAYS }: Mail,
): Promise<void> => {
  await sql`insert into mail (recipient, subject, body, next_at, good_until, created_at)
    values (${to}, ${subject}, ${text}, clock_now(), clock_now() + ${`${goodFor} minutes`}::interval, clock_now())`;
};
