/** Mail that the product sends: enqueued in the transaction that causes it, delivered by a job. */

import type { Sql } from "./db/client.ts";

export interface Mail {
  to: string;
  subject: string;
  /** Plain text. No secret but a one-time link, and nothing that somebody else wrote. */
  text: string;
}

export const queueMail = async (sql: Sql, { to, subject, text }: Mail): Promise<void> => {
  await sql`insert into mail (recipient, subject, body, next_at, created_at)
    values (${to}, ${subject}, ${text}, clock_now(), clock_now())`;
};
