import { expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
testDoor(w, "request_password_reset", {
  may: ["anonymous"],
  permission: null,
  input: { email: "nobody@example.com" },
  required: ["email"],
  codes: { email: "INVALID_EMAIL" },
});

const ask = (email: string, ip: string | null = null) =>
  w.core.call({ ...ANONYMOUS, ip }, "request_password_reset", { email });
const mails = (email: string) => w.core.client`
  select body, given_up_at, good_until - created_at as good_for from mail
  where recipient = ${email} and subject like 'Choose%' order by id`;

test("mails a link to the account's address, whichever case was typed", async () => {
  const email = await w.emailOf(await w.human());
  const answer = await ask(` ${email.toUpperCase()} `);
  const [mail, ...more] = await mails(email);
  expect(more).toEqual([]);
  expect(mail?.body).toContain("http://localhost:3000/reset-password#token=ml_");
  expect(mail?.body).toContain("good for one hour");
  expect(answer.message).toContain("If this address has an account");
});

test("answers and works alike when there is no account, and sends nothing", async () => {
  const there = await ask(await w.emailOf(await w.human()));
  const written = async () => (await w.core.client`select count(*)::int as n from mail`)[0]?.n;
  const before = await written();
  expect(await ask("ghost@nowhere.test")).toEqual(there);
  // As much is written, by the same statement: its time tells nothing. But it goes to nobody.
  expect(await written()).toBe(before + 1);
  expect(await mails("ghost@nowhere.test")).toHaveLength(0);
  const [junk] = await w.core.client`select recipient, body, given_up_at from mail order by id desc limit 1`;
  expect(junk).toMatchObject({ recipient: "", body: "", given_up_at: expect.anything() });
});

test.each(["there is one", "there is none"])("five an hour for an account: %s", async (which) => {
  const email = which === "there is one" ? await w.emailOf(await w.human()) : "nil@nowhere.test";
  for (let i = 0; i < 5; i++) await ask(email, `10.6.${i}.1`);
  expect((await refused("RATE_LIMITED", ask(email, "10.6.9.1"))).message).toContain("mails (5 per hour)");
  expect(await mails(email)).toHaveLength(which === "there is one" ? 5 : 0);
});

test("twenty an hour from an address, whichever accounts", async () => {
  for (let i = 0; i < 20; i++) await ask(`user${i}@nowhere.test`, "10.7.7.7");
  await refused("RATE_LIMITED", ask("user20@nowhere.test", "10.7.7.7"));
  await refused("INVALID_EMAIL", ask("nobody"));
});

testDeclared("request_password_reset");
