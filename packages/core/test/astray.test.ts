/** Credentials that went astray: in a text that others read they are refused, and nothing of the call is kept. */

import { expect, test } from "vitest";
import { newSecret } from "../src/auth/tokens.ts";
import type { Input } from "../src/call.ts";
import { act, coffeeShops, openWorld, REASON, refused, taskAt } from "./world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent(), await w.human()];
const secrets = {
  "an API key": newSecret("sk_live_"),
  "a refresh token": newSecret("rt_"),
  "a webhook's secret": newSecret("whsec_"),
  "an idToken": (await w.login(agent)).idToken,
};

test.each(Object.entries(secrets))("%s in a text is refused, wherever it stands", async (_, secret) => {
  const said = `Use ${secret} to log in.`;
  const posts = (over: Partial<Input<"create_task">>) => act(w.core, agent, "create_task", coffeeShops(over));
  const taskId = await taskAt(w, "submitted", agent, human, { budget: 1 });
  const calls: [string, () => Promise<unknown>][] = [
    ["title", () => posts({ title: said })],
    ["description", () => posts({ description: said })],
    ["requirements.1", () => posts({ requirements: ["x", said] })],
    ["content", () => act(w.core, agent, "send_message", { taskId, content: said })],
    ["reason", () => act(w.core, agent, "reject_submission", { taskId, reason: `${REASON} ${said}` })],
    ["name", () => w.core.call(human, "upload_file", { name: `${secret}.txt`, bytes: Buffer.from("x") })],
    ["name", () => w.core.call(agent, "create_api_key", { name: secret.slice(0, 80) })],
  ];
  for (const [field, call] of calls) {
    if (["name", "title"].includes(field) && secret.length > 80) continue; // too long for it anyway
    const refusal = await refused("VALIDATION_ERROR", call());
    expect(refusal.message).toContain(`${field}: holds an API key or token`);
    expect(refusal.message).not.toContain(secret);
  }
});

test("fields that are there for a secret take it", async () => {
  const params = coffeeShops({ budget: 2 });
  const asked = { tool: "create_task", params } as Input<"request_confirmation">;
  const { confirmationToken } = await w.core.call(agent, "request_confirmation", asked);
  await act(w.core, agent, "create_task", { ...params, confirmationToken });
  const again = { tool: "create_task", params: { ...params, confirmationToken } };
  await w.core.call(agent, "request_confirmation", again as Input<"request_confirmation">);
});
