/** What comes back from a client is in the attacker's hands: no state but ours, for this call, moves money. */

import { createHmac, hkdfSync } from "node:crypto";
import { expect, test } from "vitest";
import { type Answer, coffeeShops, type Person } from "./api.ts";
import { SECRET } from "./database.ts";
import { connect, createTask, idIn, startStrict } from "./elicitation.ts";
import { rpcOf } from "./mcp.ts";

const { api, decide, wallet } = await startStrict();
const { modern } = rpcOf(api);
const capabilities = { elicitation: { url: {} } };
const ACCEPT = { confirm: { action: "accept" } };

const call = (as: Person | string, more: object = {}, params: object = createTask): Promise<Answer> =>
  modern("tools/call", { ...params, ...more }, { as, capabilities });

/** A question that the owner has said yes to on the page: from here on the state is all that is missing. */
async function approved(agent: Person) {
  const { body } = await call(agent);
  expect(body.result.resultType).toBe("input_required");
  const state: string = body.result.requestState;
  await decide(agent, idIn(body.result.inputRequests.confirm.params.url), "yes");
  return state;
}
const held = async (agent: Person) => (await wallet(agent)).frozenBalance;

async function expectRefused(answer: Answer, agent: Person, locked = 0) {
  const { error, result } = answer.body;
  if (error) expect(error).toMatchObject({ code: -32602 });
  else expect(result, JSON.stringify(result)).toMatchObject({ isError: true });
  expect(await held(agent)).toBe(locked);
}

test("the state that was given, with the person's yes, works once", async () => {
  const agent = await api.agent();
  const requestState = await approved(agent);
  const paid = await call(agent, { requestState, inputResponses: ACCEPT });
  expect(paid.body.result.structuredContent).toMatchObject({ status: "open" });
  const again = await call(agent, { requestState, inputResponses: ACCEPT });
  expect(again.body.result.content[0].text).toMatch(/^CONFIRMATION_INVALID: .*already used/);
  await expectRefused(again, agent, 150);
});

test("at once, too", async () => {
  const agent = await api.agent();
  const requestState = await approved(agent);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => call(agent, { requestState, inputResponses: ACCEPT })),
  );
  expect(answers.filter(({ body }) => !body.result.isError)).toHaveLength(1);
  expect(await held(agent)).toBe(150);
});

test("a changed state is refused, wherever it was changed", async () => {
  const agent = await api.agent();
  const requestState = await approved(agent);
  const [version, body, mac] = requestState.split(".") as [string, string, string];
  const claims = JSON.parse(Buffer.from(body, "base64url").toString());
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const flipped = mac.replace(/^./, (c) => (c === "A" ? "B" : "A"));
  const forged = [
    [version, body, flipped],
    [version, encode({ ...claims, exp: claims.exp + 9999 }), mac],
    [version, encode({ ...claims, p: { ...claims.p, tool: "cancel_task" } }), mac],
    [version, body, createHmac("sha256", SECRET).update(body).digest("base64url")],
    [version, body],
    ["", "", ""],
  ].map((parts) => parts.join("."));
  for (const state of [...forged, "yes", "null", "x".repeat(10_000)]) {
    await expectRefused(await call(agent, { requestState: state, inputResponses: ACCEPT }), agent);
  }
  expect(JSON.stringify(claims)).not.toContain("ctk_");
});

test("an expired state is refused, though it is signed", async () => {
  const agent = await api.agent();
  const requestState = await approved(agent);
  const [version, body] = requestState.split(".") as [string, string];
  const claims = JSON.parse(Buffer.from(body, "base64url").toString());
  const sign = (exp: number) => {
    const key = Buffer.from(hkdfSync("sha256", SECRET, "", "humans2ai mcp request state", 32));
    const signed = Buffer.from(JSON.stringify({ ...claims, exp })).toString("base64url");
    return [version, signed, createHmac("sha256", key).update(`${version}.${signed}`).digest("base64url")];
  };
  const late = sign(Math.floor(Date.now() / 1000) - 1).join(".");
  await expectRefused(await call(agent, { requestState: late, inputResponses: ACCEPT }), agent);
  // The same hand signs one that is in time: it was the time that was refused.
  const inTime = await call(agent, { requestState: sign(claims.exp).join("."), inputResponses: ACCEPT });
  expect(inTime.body.result?.structuredContent, inTime.text).toMatchObject({ status: "open" });
});

test("nobody else's state, not even of another credential of the account", async () => {
  const [agent, other] = [await api.agent(), await api.agent()];
  const requestState = await approved(agent);
  await expectRefused(await call(other, { requestState, inputResponses: ACCEPT }), other);
  const made = { name: "CI", permissions: ["tasks:write"] };
  const { body } = await api.call("create_api_key", made, { as: agent });
  await expectRefused(await call(body.result.key, { requestState, inputResponses: ACCEPT }), agent);
  expect(await held(agent)).toBe(0);
});

test("for other arguments or another tool it is no answer", async () => {
  const agent = await api.agent();
  const requestState = await approved(agent);
  const { body } = await api.call("create_task", coffeeShops({ budget: 90 }), {
    as: agent,
    headers: { "idempotency-key": "small" },
  });
  const others = [
    { ...createTask, arguments: { ...createTask.arguments, budget: 151 } },
    { ...createTask, arguments: { ...createTask.arguments, title: "Something else" } },
    { ...createTask, arguments: { ...createTask.arguments, autoApprove: false } },
    { name: "cancel_task", arguments: { taskId: body.result.id } },
    { name: "get_wallet", arguments: {} },
  ];
  for (const other of others) {
    const answer = await call(agent, { requestState, inputResponses: ACCEPT }, other);
    if (other.name !== "get_wallet") await expectRefused(answer, agent, 90);
    expect(await held(agent)).toBe(90);
  }
});

test("an answer without a yes on the page is asked for again, and a yes without a state is none", async () => {
  const agent = await api.agent();
  const first = (await call(agent)).body.result;
  const silent = (await call(agent, { requestState: first.requestState })).body.result;
  expect(silent).toMatchObject({ resultType: "input_required", inputRequests: first.inputRequests });
  const stateless = (await call(agent, { inputResponses: ACCEPT })).body.result;
  expect(stateless.resultType).toBe("input_required");
  expect(stateless.inputRequests.confirm.params.url).not.toBe(first.inputRequests.confirm.params.url);
  expect(await held(agent)).toBe(0);
});

test("what a page-client says in a form's words is no yes: only the page's answer counts", async () => {
  const agent = await api.agent();
  const { requestState } = (await call(agent)).body.result;
  const claimed = { confirm: { action: "accept", content: { yes: true } } };
  const answer = await call(agent, { requestState, inputResponses: claimed });
  expect(answer.body.result.resultType).toBe("input_required");
  expect(await held(agent)).toBe(0);
}, 60_000);

test("where only pages count, a form is not offered", async () => {
  const strict = await startStrict({ CONFIRM_BY_CLIENT: "0" });
  const agent = await strict.api.agent();
  const client = await connect(strict.api, agent, { elicitation: { form: {} } }, () => {
    throw new Error("asked");
  });
  const result = await client.callTool(createTask);
  expect((result.content as { text: string }[])[0]?.text).toMatch(/^CONFIRMATION_REQUIRED: /);
});
