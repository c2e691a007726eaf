/** Hands mails to an SMTP server; without one they are kept in a folder, where whoever runs the app finds them. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MailRefused, type OutgoingMail, type SendMail } from "@humans2ai/core/setup";
import nodemailer from "nodemailer";
import type { Env } from "../env.ts";

type MailSettings = Pick<Env, "SMTP_URL" | "MAIL_FROM" | "PUBLIC_URL" | "DATA_DIR" | "NODE_ENV">;

export const createMailer = (e: MailSettings): SendMail => (e.SMTP_URL ? smtp(e, e.SMTP_URL) : folder(e));

export const mailFolder = (e: Pick<Env, "DATA_DIR">): string => join(e.DATA_DIR, "mail");

/** Long before the claim on a mail runs out, or another process would send it too. */
const TIMEOUT_MS = 60_000;

function smtp(e: MailSettings, url: string): SendMail {
  const host = new URL(e.PUBLIC_URL).hostname;
  const from = e.MAIL_FROM ?? `Humans2AI <no-reply@${host}>`;
  const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
  const transport = nodemailer.createTransport({
    url,
    ...limits,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ id, to, subject, text }) => {
    const message = {
      from,
      to,
      subject,
      text,
      messageId: `<mail-${id}@${host}>`,
      headers: { "Auto-Submitted": "auto-generated" },
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("The SMTP server did not finish in time.")), TIMEOUT_MS);
    });
    try {
      await Promise.race([transport.sendMail(message), late]);
    } catch (error) {
      throw isFinal(error) ? new MailRefused((error as Error).message) : error;
    } finally {
      clearTimeout(timer);
    }
  };
}

/** The server has looked at this very mail and said never; what it says of us (a wrong password, say) may change. */
function isFinal(error: unknown): boolean {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return (code === "EENVELOPE" || code === "EMESSAGE") && (responseCode ?? 0) >= 500;
}

function folder(e: MailSettings): SendMail {
  return async (mail) => {
    await mkdir(mailFolder(e), { recursive: true, mode: 0o700 });
    const path = join(mailFolder(e), `${mail.id.padStart(6, "0")}.txt`);
    await writeFile(path, asText(mail), { mode: 0o600 });
    // A link opens an account: on a real site it stands in no log.
    const link = e.NODE_ENV === "production" ? undefined : /https?:\S+/.exec(mail.text)?.[0];
    console.log(`Mail ${mail.id} is kept in ${path}${link ? `: ${link}` : ""}`);
  };
}

const asText = ({ to, subject, text }: OutgoingMail) => `To: ${to}\nSubject: ${subject}\n\n${text}`;
