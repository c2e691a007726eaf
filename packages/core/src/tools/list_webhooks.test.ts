import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { WEBHOOK } from "../../test/shapes.ts";
import { hook } from "../../test/webhooks.ts";
import { openWorld } from "../../test/world.ts";

const w = await openWorld();
const agent = await w.agent();

testDoor(w, "list_webhooks", { may: ["agent"], permission: "webhooks:write", input: {} });

test("lists the agent's own webhooks, newest first, never their secrets", async () => {
  const first = await hook(w.core, agent, "https://hooks.example.com/1");
  const second = await hook(w.core, agent, "https://hooks.example.com/2");
  await hook(w.core, await w.agent(), "https://hooks.example.com/foreign");
  const rotated = await w.core.call(agent, "rotate_webhook_secret", { webhookId: first.id });
  const listed = await w.core.call(agent, "list_webhooks", {});
  expect(listed.webhooks.map((h) => h.id)).toEqual([second.id, first.id]);
  for (const one of listed.webhooks) expect(fieldsOf(one)).toEqual(WEBHOOK);
  const text = JSON.stringify(listed);
  for (const { secret } of [first, second, rotated]) expect(text).not.toContain(secret.slice(6));
  expect(text).not.toContain("whsec_");
});

testDeclared("list_webhooks");
