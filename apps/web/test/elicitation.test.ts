/** Money above the threshold, asked for over MCP: by a page, by a form, or by a handle. */

import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { coffeeShops, type Person } from "./api.ts";
import { type Asked, connect, createTask, idIn, type Question, startStrict } from "./elicitation.ts";
import { LEGACY, rpcOf } from "./mcp.ts";

const { api, decide, wallet } = await startStrict();
const byPage = { elicitation: { url: {} } };
const byForm = { elicitation: { form: {} } };

const textOf = (result: { content: unknown }) => (result.content as { text: string }[])[0]?.text;
const held = async (agent: Person) => (await wallet(agent)).frozenBalance;
const row = async (agent: Person) =>
  (
    await api.sql`select status, decided_via, used_at is not null as used from confirmation where principal = ${agent.id}`
  )[0];

describe("a page", () => {
  test("is opened with the real numbers, and the yes on it posts the task", async () => {
    const agent = await api.agent();
    const questions: Question[] = [];
    const asked: Asked = async (question) => {
      questions.push(question);
      await decide(agent, idIn(question.url), "yes");
      return { action: "accept" };
    };
    const client = await connect(api, agent, byPage, asked);
    const result = await client.callTool(createTask);
    expect(result.isError, textOf(result)).toBeFalsy();
    expect(result.structuredContent).toMatchObject({ status: "open", budget: 150 });
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({
      mode: "url",
      url: expect.stringMatching(/\/approve\/conf_[0-9a-z]{26}$/),
      message: expect.stringContaining("Lock 150 $A9"),
    });
    expect(questions[0]?.message).toContain("To the human 149.985 $A9, platform fee 0.015 $A9");
    expect(await held(agent)).toBe(150);
    expect(await row(agent)).toEqual({ status: "approved", decided_via: "browser", used: true });
  });

  test("that is answered while the retry waits is heard of, though another process took the answer", async () => {
    const agent = await api.agent();
    let deciding: Promise<unknown> | undefined;
    const client = await connect(api, agent, byPage, ({ url }) => {
      deciding = new Promise((resolve) => setTimeout(resolve, 500)).then(() =>
        decide(agent, idIn(url), "yes"),
      );
      return { action: "accept" };
    });
    const result = await client.callTool(createTask);
    await deciding;
    expect(result.structuredContent).toMatchObject({ status: "open" });
  });

  test("with a no on it moves nothing", async () => {
    const agent = await api.agent();
    const client = await connect(api, agent, byPage, async ({ url }) => {
      await decide(agent, idIn(url), "no");
      return { action: "accept" };
    });
    const result = await client.callTool(createTask);
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(/^CONFIRMATION_DECLINED: /);
    expect(await held(agent)).toBe(0);
  });

  test.each(["decline", "cancel"] as const)(
    "that is not opened (%s) moves nothing, then or later",
    async (action) => {
      const agent = await api.agent();
      let id = "";
      const client = await connect(api, agent, byPage, ({ url }) => {
        id = idIn(url);
        return { action };
      });
      const result = await client.callTool(createTask);
      expect(textOf(result)).toMatch(/^CONFIRMATION_DECLINED: /);
      expect(await held(agent)).toBe(0);
      await expect(decide(agent, id, "yes")).rejects.toMatchObject({ code: "CONFIRMATION_CLOSED" });
    },
  );
});

describe("a form", () => {
  test.each([undefined, byForm.elicitation])(
    "declared as %j, with a yes posts the task",
    async (declared) => {
      const agent = await api.agent();
      const questions: Question[] = [];
      const client = await connect(api, agent, { elicitation: declared ?? {} }, (question) => {
        questions.push(question);
        return { action: "accept", content: { yes: true } };
      });
      const result = await client.callTool(createTask);
      expect(result.structuredContent).toMatchObject({ status: "open" });
      expect(questions[0]?.message).toContain("Lock 150 $A9");
      expect(questions[0]?.requestedSchema).toMatchObject({ properties: { yes: { type: "boolean" } } });
      expect(questions[0]).not.toHaveProperty("url");
      expect(await row(agent)).toEqual({ status: "approved", decided_via: "client", used: true });
      const [entry] = await api.sql`
      select via, channel from audit_entry where tool = 'decide_confirmation' and actor = ${agent.id}`;
      expect(entry).toEqual({ via: "id_token", channel: "mcp" });
    },
  );

  test.each<[string, Awaited<ReturnType<Asked>>]>([
    ["no", { action: "accept", content: { yes: false } }],
    ["declined", { action: "decline" }],
    ["cancelled", { action: "cancel" }],
  ])("%s: moves nothing", async (_, reply) => {
    const agent = await api.agent();
    const client = await connect(api, agent, byForm, () => reply);
    const result = await client.callTool(createTask);
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(/^CONFIRMATION_DECLINED: /);
    expect(await held(agent)).toBe(0);
    expect(await row(agent)).toEqual({ status: "declined", decided_via: "client", used: false });
  });
});

test("a client that can do both is sent to the page, whose yes nobody else can give", async () => {
  const agent = await api.agent();
  const modes: unknown[] = [];
  const both = { elicitation: { form: {}, url: {} } };
  const client = await connect(api, agent, both, (question) => {
    modes.push(question.url);
    return { action: "decline" };
  });
  await client.callTool(createTask);
  expect(modes).toEqual([expect.stringContaining("/approve/")]);
});

test("a client that cannot ask is told of the handle, in every era", async () => {
  const agent = await api.agent();
  const client = await connect(api, agent);
  const said = /^CONFIRMATION_REQUIRED: .*request_confirmation/;
  expect(textOf(await client.callTool(createTask))).toMatch(said);
  const { legacy } = rpcOf(api);
  const { body } = await legacy("tools/call", createTask, { as: agent, version: LEGACY[2]! });
  expect(body.result).toMatchObject({ isError: true });
  expect(textOf(body.result)).toMatch(said);
  const asked = { tool: "create_task", params: createTask.arguments };
  const handle = await client.callTool({ name: "request_confirmation", arguments: asked });
  const { confirmationToken, confirmationId, status } = handle.structuredContent as Record<string, string>;
  expect(status).toBe("pending");
  const confirmed = { name: "create_task", arguments: { ...createTask.arguments, confirmationToken } };
  const early = textOf(await client.callTool(confirmed));
  expect(early).toMatch(/^CONFIRMATION_PENDING: /);
  expect(early).toContain(`/approve/${confirmationId}`);
  await decide(agent, confirmationId!, "yes");
  expect((await client.callTool(confirmed)).structuredContent).toMatchObject({ status: "open" });
});

test("below the threshold nobody is asked", async () => {
  const agent = await api.agent();
  const client = await connect(api, agent, byPage, () => {
    throw new Error("asked");
  });
  const small = { name: "create_task", arguments: coffeeShops({ budget: 99 }) };
  expect((await client.callTool(small)).structuredContent).toMatchObject({ status: "open" });
});

test.each(["header", "argument"])(
  "one idempotency key, as %s, holds across the rounds and repeats",
  async (how) => {
    const agent = await api.agent();
    let asks = 0;
    const asked: Asked = async ({ url }) => {
      asks++;
      await decide(agent, idIn(url), "yes");
      return { action: "accept" };
    };
    const key = randomUUID();
    const client = await connect(
      api,
      agent,
      byPage,
      asked,
      how === "header" ? { "idempotency-key": key } : {},
    );
    const given = how === "argument" ? { idempotencyKey: key } : {};
    const keyed = { ...createTask, arguments: { ...createTask.arguments, ...given } };
    const first = await client.callTool(keyed);
    expect(first.structuredContent, textOf(first)).toMatchObject({ status: "open" });
    expect((await client.callTool(keyed)).structuredContent).toEqual(first.structuredContent);
    expect(asks).toBe(1);
    expect(await held(agent)).toBe(150);
  },
);

test("the tools that only a person may use are not listed, and refuse", async () => {
  const agent = await api.agent();
  const client = await connect(api, agent, byForm, () => ({ action: "accept", content: { yes: true } }));
  const { tools } = await client.listTools();
  expect(tools.map((t) => t.name)).not.toContain("decide_confirmation");
  const asked = { tool: "create_task", params: createTask.arguments };
  const handle = await client.callTool({ name: "request_confirmation", arguments: asked });
  const { confirmationId } = handle.structuredContent as { confirmationId: string };
  const yes = { confirmationId, answer: "yes" };
  const refused = await client.callTool({ name: "decide_confirmation", arguments: yes });
  expect(textOf(refused)).toMatch(/^FORBIDDEN: /);
  expect((await api.call("decide_confirmation", yes, { as: agent })).status).toBe(403);
  expect((await api.call("decide_confirmation", { ...yes, relayed: true }, { as: agent })).status).toBe(403);
});
