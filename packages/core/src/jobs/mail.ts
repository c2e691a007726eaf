/** Delivers the mail that was enqueued: at least once, by whichever process comes first, outside any transaction. */

import type { Core } from "../core.ts";
import type { Job, Report } from "./runner.ts";

export interface OutgoingMail {
  /** The same at every attempt, so that a mail that comes twice can be told. */
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** Hands a mail over, within a minute. Throws if it was not taken; a MailRefused if it never will be. */
export type SendMail = (mail: OutgoingMail) => Promise<void>;

export class MailRefused extends Error {}

const BATCH = 10;

interface Due {
  id: string;
  recipient: string;
  subject: string;
  body: string;
  late: boolean;
}

/** Sends what is due and answers how many went out. What fails is tried again, ever more seldom, until it is of no use. */
export async function deliverMail(core: Core, send: SendMail, report: Report): Promise<number> {
  let sent = 0;
  for (;;) {
    // The claim is a lease: if this process dies, the mail is due again when it has run out.
    const due = await core.client<Due[]>`
      update mail set attempts = attempts + 1, next_at = clock_now() + interval '5 minutes'
      where id in (select id from mail where sent_at is null and given_up_at is null and next_at <= clock_now()
        order by next_at limit ${BATCH} for update skip locked)
      returning id::text, recipient, subject, body, good_until <= clock_now() as late`;
    const went = await Promise.all(due.map((mail) => deliver(core, send, mail, report)));
    sent += went.filter(Boolean).length;
    if (due.length < BATCH) break;
  }
  return sent;
}

async function deliver(core: Core, send: SendMail, mail: Due, report: Report): Promise<boolean> {
  const { client } = core;
  const { id, recipient: to, subject, body: text } = mail;
  if (mail.late) {
    await giveUp(core, id, "it was not taken in time");
    return false;
  }
  try {
    await send({ id, to, subject, text });
  } catch (error) {
    const failure = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    report(new Error(`mail ${id}: ${failure}`));
    if (error instanceof MailRefused) await giveUp(core, id, failure);
    else {
      // 15 s, 30 s, 1 min … an hour, give or take a fifth: a receiver that comes back is not run over.
      await client`update mail set failure = ${failure}, next_at = clock_now()
        + least(interval '15 seconds' * 2 ^ (attempts - 1), interval '1 hour') * (0.8 + 0.4 * random()) where id = ${id}`;
    }
    return false;
  }
  // The text goes: it may hold a link that opens the account.
  await client`update mail set sent_at = clock_now(), failure = null, body = '' where id = ${id}`;
  return true;
}

const giveUp = (core: Core, id: string, failure: string) =>
  core.client`update mail set given_up_at = clock_now(), body = '',
    failure = coalesce(failure, ${failure}) where id = ${id}`;

export const mailJob = (send: SendMail, everyMs: number): Job => ({
  name: "mail",
  everyMs,
  run: async (core, report) => {
    await deliverMail(core, send, report);
    return undefined;
  },
});
