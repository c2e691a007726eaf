import { expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";
import { hashToken } from "../auth/tokens.ts";
import type { Actor } from "../context.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
testDoor(w, "verify_email", {
  may: ["anonymous"],
  permission: null,
  input: { token: "ml_none" },
  required: ["token"],
  codes: { token: "LINK_INVALID" },
});

const tokenFor = async (of: Actor, subject = "Confirm your address for Humans2AI") => {
  const [mail] = await w.core.client`
    select body from mail where recipient = ${await w.emailOf(of)} and subject = ${subject} order by id desc limit 1`;
  return /token=(\S+)/.exec(mail?.body)![1]!;
};
const verify = (token: string, core = w.core) => core.call(ANONYMOUS, "verify_email", { token });
const verified = async (of: Actor) => (await w.core.call(of, "get_account", {})).user.emailVerified;

test("confirms the address of the account that the mail went to, once", async () => {
  const [human, other] = [await w.human(), await w.human()];
  const token = await tokenFor(human);
  expect(await verify(token)).toEqual({ emailVerified: true });
  expect([await verified(human), await verified(other)]).toEqual([true, false]);
  await refused("LINK_INVALID", verify(token));
});

test("a link is good for a day, and only for what it was sent for", async () => {
  const human = await w.human();
  const token = await tokenFor(human);
  await refused("LINK_INVALID", verify(token, w.later(24.1)));
  await refused("LINK_INVALID", verify(`${token}x`));
  await w.core.call(ANONYMOUS, "request_password_reset", { email: await w.emailOf(human) });
  await refused("LINK_INVALID", verify(await tokenFor(human, "Choose a new password for Humans2AI")));
  const reset = { token, newPassword: "fresh-horse-2" };
  await refused("LINK_INVALID", w.core.call(ANONYMOUS, "reset_password", reset));
  expect(await verified(human)).toBe(false);
  await verify(token, w.later(23.9));
  expect(await verified(human)).toBe(true);
});

test("the database knows the link by its hash only", async () => {
  const token = await tokenFor(await w.human());
  const rows = await w.core.client`select token_hash from mail_link`;
  expect(rows.some((r) => Buffer.compare(r.token_hash, hashToken(token)) === 0)).toBe(true);
  expect(JSON.stringify(rows)).not.toContain(token);
});

testDeclared("verify_email");
