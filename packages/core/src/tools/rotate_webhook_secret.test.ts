import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { WEBHOOK } from "../../test/shapes.ts";
import { delivering, endpoints, hook, signedBy } from "../../test/webhooks.ts";
import { fail, openWorld, refused } from "../../test/world.ts";
import type { Core } from "../core.ts";
import { forget } from "../jobs/retention.ts";

const w = await openWorld();
const agent = await w.agent();

testDoor(w, "rotate_webhook_secret", {
  may: ["agent"],
  permission: "webhooks:write",
  input: { webhookId: "wh_none" },
  required: ["webhookId"],
});

test("for one hour both secrets sign, afterwards the new one alone", async () => {
  const internet = endpoints();
  const url = "https://hooks.example.com/rotated";
  const { id: webhookId, secret: old } = await hook(w.core, agent, url);
  const made = await w.core.call(agent, "rotate_webhook_secret", { webhookId });
  expect(fieldsOf(made)).toEqual([...WEBHOOK, "secret"].sort());
  expect(made.secret).toMatch(/^whsec_[\w-]{32}$/);
  expect(made.secret).not.toBe(old);
  const ends = new Date(made.previousSecretUntil!).getTime() - w.core.now().getTime();
  expect(Math.abs(ends - 3_600_000)).toBeLessThan(60_000);
  const sendAt = async (core: Core) => {
    const before = internet.got(url).length;
    await core.call(agent, "test_webhook", { webhookId });
    const stop = delivering(core, internet);
    await expect.poll(() => internet.got(url)).toHaveLength(before + 1);
    await stop();
    const request = internet.got(url).at(-1)!;
    return [signedBy(request, made.secret), signedBy(request, old), request.headers["x-humans2ai-signature"]];
  };
  expect(await sendAt(w.later(0.9))).toEqual([true, true, expect.stringMatching(/v1=\w+,v1=\w+$/)]);
  expect(await sendAt(w.later(1.1))).toEqual([true, false, expect.stringMatching(/^t=\d+,v1=\w+$/)]);
});

test("a second rotation ends the first secret at once; what has ended is forgotten", async () => {
  const { id: webhookId } = await hook(w.core, agent);
  await w.core.call(agent, "rotate_webhook_secret", { webhookId });
  const kept = async () =>
    (await w.core.client`select secret, previous_secret as old from webhook where id = ${webhookId}`)[0];
  const first = await kept();
  await w.core.call(agent, "rotate_webhook_secret", { webhookId });
  expect((await kept())?.old).toEqual(first?.secret);
  await forget(w.later(1.1), fail);
  expect((await kept())?.old).toBeNull();
});

test("knows only the agent's own", async () => {
  const theirs = await hook(w.core, await w.agent());
  await refused("WEBHOOK_NOT_FOUND", w.core.call(agent, "rotate_webhook_secret", { webhookId: theirs.id }));
});

testDeclared("rotate_webhook_secret");
