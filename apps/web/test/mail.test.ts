/** Mail from a running app to a real SMTP server: delivered once, tried again, kept in a folder without one. */

import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { expectRefusal, PASSWORD, startApi } from "./api.ts";
import { startReceiver } from "./smtp.ts";

const FAST = { JOB_INTERVAL_MS: "50" };
const QUICKLY = { timeout: 10_000 };
const until = <T>(look: () => T) => expect.poll(look, QUICKLY);
const tokenIn = (text = "") => /#token=(ml_[\w-]+)/.exec(text)?.[1] ?? "";

const PUBLIC_URL = "https://humans.example";
const MAIL_FROM = "Desk <desk@humans.example>";
const DATA_DIR = await mkdtemp(join(tmpdir(), "h2a-mail-"));
afterAll(() => rm(DATA_DIR, { recursive: true }));
const [receiver, gone] = [await startReceiver(), await startReceiver()];
await gone.stop();
const smtp = { ...FAST, SMTP_URL: receiver.url };
const [api, cut, kept] = await Promise.all([
  startApi({ ...smtp, PUBLIC_URL, MAIL_FROM }),
  startApi({ ...FAST, SMTP_URL: gone.url }, true),
  startApi({ ...FAST, DATA_DIR }),
]);
const second = await startApi({ ...smtp, PUBLIC_URL }, false, async (url) => {
  url.href = api.databaseUrl;
});
const to = (email: string) => receiver.got.filter((m) => m.to.includes(email));

test("a sign-up's mail arrives, and its link confirms the address", async () => {
  const human = await api.human();
  await until(() => to(human.email).length).toBe(1);
  const [mail] = to(human.email);
  // Either of the two processes may have sent it.
  expect(mail?.headers).toMatch(/From: (Desk <desk@humans\.example>|Humans2AI <no-reply@humans\.example>)/);
  expect(mail?.headers).toMatch(/Message-ID: <mail-\d+@(humans\.example)>/i);
  expect(mail?.headers).toContain("Auto-Submitted: auto-generated");
  expect(mail?.text).toContain("https://humans.example/verify-email#token=ml_");
  const verified = await api.call("verify_email", { token: tokenIn(mail?.text) });
  expect(verified.body.result).toEqual({ emailVerified: true });
  const account = await api.send("/api/v1/account", { as: human });
  expect(account.body.result.user).toMatchObject({ email: human.email, emailVerified: true });
});

test("a forgotten password: the link comes by mail, and old sessions are out", async () => {
  const human = await api.human();
  const { email } = human;
  const answers = await Promise.all(
    [email, "ghost@nowhere.test"].map((of) => api.call("request_password_reset", { email: of })),
  );
  expect(answers[0]?.body).toEqual(answers[1]?.body);
  await until(() => to(email).length).toBe(2);
  const token = tokenIn(to(email).find((m) => m.text.includes("reset-password"))?.text);
  const inAddress = await api.send(`/api/v1/account?token=${token}`, { as: human });
  expectRefusal(inAddress, 400, "VALIDATION_ERROR", /address carries a secret/);
  const reset = await api.call("reset_password", { token, newPassword: "fresh-horse-2" });
  expect(reset.body.result).toEqual({ ended: 1 });
  expectRefusal(await api.send("/api/v1/account", { as: human }), 401, "UNAUTHORIZED");
  expectRefusal(await api.call("login", { email, password: PASSWORD }), 401, "AUTH_FAILED");
  expect((await api.call("login", { email, password: "fresh-horse-2" })).status).toBe(200);
  await until(() => to(email).length).toBe(3);
  expect(to("ghost@nowhere.test")).toEqual([]);
});

test("a server that is down is tried again; what it refuses for good is not", async () => {
  const { email } = await cut.agent();
  const row = async (of: string) => (await cut.sql`select * from mail where recipient = ${of}`)[0];
  await until(async () => (await row(email))?.failure).toContain("ECONNREFUSED");
  const { sent_at: sent, body } = (await row(email))!;
  expect([sent, tokenIn(body)]).toEqual([null, expect.stringMatching(/^ml_/)]);
  await until(() => cut.log()).toContain("ECONNREFUSED");
  expect(cut.log()).not.toContain(tokenIn(body));
  const back = await startReceiver(gone.port);
  await cut.sql`update mail set next_at = now()`;
  await until(() => back.got.map((m) => m.to)).toEqual([[email]]);
  await cut.call("register", { email: "gone@nowhere.test", password: PASSWORD });
  await until(async () => (await row("gone@nowhere.test"))?.given_up_at ?? null).not.toBeNull();
  expect((await row("gone@nowhere.test"))?.attempts).toBe(1);
});

test("two processes on one database send each mail once", async () => {
  const people = await Promise.all(Array.from({ length: 12 }, (_, i) => (i % 2 ? api : second).human()));
  const waiting = async () =>
    (await api.sql`select count(*)::int as n from mail where sent_at is null and given_up_at is null`)[0]?.n;
  await until(waiting).toBe(0);
  for (const { email } of people) expect(to(email)).toHaveLength(1);
});

test("without a server mails are kept in a folder that only we can read, and no link is logged", async () => {
  const { email } = await kept.human();
  const folder = join(DATA_DIR, "mail");
  await until(() => readdir(folder).catch(() => [])).toHaveLength(1);
  const [name] = await readdir(folder);
  await until(() => kept.log()).toContain(`is kept in ${join(folder, name!)}`);
  const text = await readFile(join(folder, name!), "utf8");
  expect(text).toMatch(new RegExp(`^To: ${email}\nSubject: Confirm your address for Humans2AI\n\n`));
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, name!))).mode & 0o777).toBe(0o600);
  expect(kept.log()).toContain(`SMTP_URL is not set: mails are kept in ${folder}`);
  expect(kept.log()).not.toContain("ml_");
  expect((await kept.call("verify_email", { token: tokenIn(text) })).status).toBe(200);
});
