/** A connected app spends nothing by itself: its owner's yes, given on the page, is what moves money. */

import { describe, expect, test } from "vitest";
import { coffeeShops, type Person } from "./api.ts";
import { type Asked, connect as connectClient, idIn, startPeople } from "./elicitation.ts";
import { oauthOf, startOauth } from "./oauth.ts";

const api = await startOauth();
const { decide, wallet } = startPeople(api);
const { connect } = oauthOf(api);

/** An app's own client, connected by OAuth; nobody set a threshold. */
async function appOf(owner: Person, capabilities: object = {}, asked?: Asked) {
  const { tokens } = await connect(owner);
  return connectClient(api, { ...owner, token: tokens.access_token }, capabilities, asked);
}
const textOf = (result: { content: unknown }) => (result.content as { text: string }[])[0]?.text;
const question = { question: "Is this logo readable?", people: 1, reward: 0.01, waitSeconds: 0 };

describe("an app", () => {
  test.each([
    ["create_task", { ...coffeeShops(), budget: 1 }],
    ["ask_human", question],
  ])("asks its owner before %s, however small", async (name, input) => {
    const owner = await api.agent();
    const client = await appOf(owner);
    const first = await client.callTool({ name, arguments: input });
    expect(textOf(first)).toMatch(/^CONFIRMATION_REQUIRED: /);
    const asked = await client.callTool({
      name: "request_confirmation",
      arguments: { tool: name, params: input },
    });
    const { status, confirmationId, confirmationToken } = asked.structuredContent as Record<string, string>;
    expect(status).toBe("pending");
    const again = { name, arguments: { ...input, confirmationToken } };
    expect(textOf(await client.callTool(again))).toMatch(/^CONFIRMATION_PENDING: /);
    expect((await wallet(owner)).frozenBalance).toBe(0);
    await decide(owner, confirmationId!, "yes");
    const done = await client.callTool(again);
    expect(done.isError, textOf(done)).toBeFalsy();
  });

  test("asks on the page of its owner, and cannot answer by a form of its own", async () => {
    const owner = await api.agent();
    const task = { name: "create_task", arguments: coffeeShops() };
    const lying = await appOf(owner, { elicitation: { form: {} } }, () => ({
      action: "accept",
      content: { yes: true },
    }));
    expect(textOf(await lying.callTool(task))).toMatch(/^CONFIRMATION_REQUIRED: /);
    expect((await wallet(owner)).frozenBalance).toBe(0);
    const honest = await appOf(owner, { elicitation: { url: {} } }, async ({ url }) => {
      await decide(owner, idIn(url), "yes");
      return { action: "accept" };
    });
    const done = await honest.callTool(task);
    expect(done.structuredContent).toMatchObject({ status: "open", budget: 150 });
  });
});

test("the owner's own idToken and keys keep their thresholds", async () => {
  const owner = await api.agent();
  const headers = { "idempotency-key": "once" };
  const { body } = await api.call("create_task", coffeeShops(), { as: owner, headers });
  expect(body.result).toMatchObject({ status: "open" });
});
