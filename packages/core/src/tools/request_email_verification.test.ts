import { expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
testDoor(w, "request_email_verification", { may: ["agent", "human", "admin"], permission: null, input: {} });

test("mails another link, up to five an hour, until the address is confirmed", async () => {
  const human = await w.human();
  const email = await w.emailOf(human);
  const ask = () => w.core.call(human, "request_email_verification", {});
  for (let i = 0; i < 5; i++) expect(await ask()).toEqual({ email, emailVerified: false });
  expect((await refused("RATE_LIMITED", ask())).message).toContain("Too many mails (5 per hour)");
  const mails = await w.core.client`select body from mail where recipient = ${email}`;
  expect(mails).toHaveLength(6);
  const tokens = mails.map((m) => /token=(\S+)/.exec(m.body)![1]!);
  expect(new Set(tokens).size).toBe(6);
  await w.core.call(ANONYMOUS, "verify_email", { token: tokens[2]! });
  expect(await ask()).toEqual({ email, emailVerified: true });
});

test("is not for an API key", async () => {
  const { key } = await w.core.call(await w.agent(), "create_api_key", { name: "k" });
  const { actor } = await authenticate(w.core, key, "10.0.0.1");
  await refused("FORBIDDEN", w.core.call(actor, "request_email_verification", {}));
});

testDeclared("request_email_verification");
