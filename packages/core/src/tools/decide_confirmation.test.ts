import { expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { act, asProgram, coffeeShops, openWorld, REASON, refused, taskAt } from "../../test/world.ts";
import { authenticate, enterSession } from "../auth/authenticate.ts";
import type { Input } from "../call.ts";
import { type Actor, ANONYMOUS } from "../context.ts";
import { PERMISSIONS } from "../vocabulary.ts";

const w = await openWorld({ settings: { confirmAbove: 100 } });
const { core } = w;
const [owner, human] = [await w.agent("Owner", 20_000), await w.human()];
/** The owner's agent, with a key. */
const bot = asProgram(owner);

testDoor(w, "decide_confirmation", {
  may: ["agent"],
  permission: "tasks:write",
  input: { confirmationId: "conf_none", answer: "yes" },
  required: ["confirmationId", "answer"],
});

const ask = (tool: string, params: object, actor = bot, at = core) =>
  at.call(actor, "request_confirmation", { tool, params } as Input<"request_confirmation">);
const asked = async (actor = bot, at = core) => {
  const params = coffeeShops();
  const { confirmationToken, confirmationId } = await ask("create_task", params, actor, at);
  return { id: confirmationId!, input: { ...params, confirmationToken } };
};
const decide = (confirmationId: string, answer: "yes" | "no", actor: Actor = owner, at = core) =>
  at.call(actor, "decide_confirmation", { confirmationId, answer });
const transfers = async () => (await core.client`select count(*)::int as n from transfer`)[0]?.n;

test("before the yes the token opens nothing; after it, once", async () => {
  const { id, input } = await asked();
  const before = await transfers();
  const pending = await refused("CONFIRMATION_PENDING", act(core, bot, "create_task", input));
  expect(pending.message).toContain(`http://localhost:3000/approve/${id}`);
  expect(pending).toMatchObject({ http: 403, retry: true });
  expect(await transfers()).toBe(before);
  expect(await decide(id, "yes")).toMatchObject({ id, status: "approved", decidedVia: "browser" });
  expect(await act(core, bot, "create_task", input)).toMatchObject({ status: "open", budget: 150 });
  const again = await refused("CONFIRMATION_INVALID", act(core, bot, "create_task", input));
  expect(again.message).toContain("already used");
  expect((await core.call(owner, "get_confirmation", { confirmationId: id })).status).toBe("used");
});

test("after a no it opens nothing, ever", async () => {
  const { id, input } = await asked();
  const before = await transfers();
  expect(await decide(id, "no")).toMatchObject({ status: "declined" });
  await refused("CONFIRMATION_DECLINED", act(core, bot, "create_task", input));
  await refused("CONFIRMATION_CLOSED", decide(id, "yes"));
  await refused("CONFIRMATION_DECLINED", act(core, bot, "create_task", input));
  expect(await transfers()).toBe(before);
});

test("all five wait for the yes, and take it", async () => {
  const at = (stage: "open" | "applied" | "submitted") => taskAt(w, stage, owner, human, { budget: 60 });
  const strict = w.later(0, { confirmAbove: 60 });
  const { userId: humanId } = human;
  const five = {
    create_task: { ...coffeeShops() },
    cancel_task: { taskId: await at("open") },
    select_applicant: { taskId: await at("applied"), humanId },
    approve_submission: { taskId: await at("submitted") },
    reject_submission: { taskId: await at("submitted"), reason: REASON },
  };
  for (const [tool, params] of Object.entries(five)) {
    const { confirmationToken, confirmationId, status } = await ask(tool, params, bot, strict);
    expect(status, tool).toBe("pending");
    const input = { ...params, confirmationToken } as Input<"cancel_task">;
    await refused("CONFIRMATION_PENDING", act(strict, bot, tool as "cancel_task", input));
    await decide(confirmationId!, "yes");
    await act(strict, bot, tool as "cancel_task", input);
  }
});

test("no program says yes: no key, no idToken, whatever permissions they have", async () => {
  const account = await core.call(ANONYMOUS, "register", {
    email: "bot@example.com",
    password: "correct-horse-1",
    agentName: "Bot",
  });
  const enter = async (bearer: string) => (await authenticate(core, bearer, "198.51.100.7")).actor;
  const idToken = await enter(account.idToken);
  const made = await act(core, idToken, "create_api_key", { name: "All", permissions: [...PERMISSIONS] });
  const key = await enter(made.key);
  for (const actor of [key, idToken]) {
    const { id, input } = await asked(actor);
    for (const answer of ["yes", "no"] as const) await refused("FORBIDDEN", decide(id, answer, actor));
    await refused("CONFIRMATION_PENDING", act(core, actor, "create_task", input));
  }
});

test("another account finds nothing to decide, and the owner nothing decided", async () => {
  const { id, input } = await asked();
  const other = await w.agent("Other");
  const none = await refused("CONFIRMATION_NOT_FOUND", decide("conf_none", "yes", other));
  const foreign = await refused("CONFIRMATION_NOT_FOUND", decide(id, "yes", other));
  expect(foreign.message.replace(id, "conf_none")).toBe(none.message);
  await refused("FORBIDDEN", decide(id, "yes", human));
  await refused("FORBIDDEN", decide(id, "yes", w.admin));
  await refused("CONFIRMATION_PENDING", act(core, bot, "create_task", input));
});

test("a suspended owner decides nothing", async () => {
  const gone = await w.agent("Gone");
  const { user } = await core.call(gone, "get_account", {});
  const session = await w.login(gone);
  const { id } = await asked(asProgram(gone));
  await act(core, w.admin, "suspend_user", { userId: user.id, reason: "It posts what it must not." });
  const sid = JSON.parse(Buffer.from(session.idToken.split(".")[1]!, "base64url").toString()).sid;
  const enter = enterSession(core, { id: sid, userId: user.id }, "198.51.100.7");
  await refused("USER_SUSPENDED", enter);
  const [row] = await core.client`select status from confirmation where id = ${id}`;
  expect(row?.status).toBe("pending");
});

test("of many answers at once the first holds", async () => {
  for (let i = 0; i < 5; i++) {
    const { id, input } = await asked();
    const answers = (["yes", "no", "yes", "no"] as const).map((answer) => decide(id, answer));
    const outcomes = await Promise.allSettled(answers);
    const [won, ...more] = outcomes.filter((o) => o.status === "fulfilled").map((o) => o.value.status);
    expect(more).toEqual([]);
    const lost = outcomes.filter((o) => o.status === "rejected").map((o) => o.reason.code);
    expect(lost).toEqual(Array(3).fill("CONFIRMATION_CLOSED"));
    const use = act(core, bot, "create_task", input).then(
      () => "approved",
      (error) => error.code,
    );
    expect(await use).toBe(won === "approved" ? "approved" : "CONFIRMATION_DECLINED");
  }
});

test("an answer and a use at once: money moves only after the yes", async () => {
  const { id, input } = await asked();
  const [, used] = await Promise.allSettled([
    decide(id, "yes"),
    core.call(bot, "create_task", input, { idempotencyKey: "at-once" }),
  ]);
  if (used.status === "rejected") expect(used.reason.code).toBe("CONFIRMATION_PENDING");
  await core.call(bot, "create_task", input, { idempotencyKey: "at-once" });
  const [row] =
    await core.client`select count(*)::int as n from confirmation where id = ${id} and used_at is null`;
  expect(row?.n).toBe(0);
});

test("it waits for half an hour, and a late yes is good for ten minutes more", async () => {
  const { id, input } = await asked();
  const { id: late } = await asked();
  await decide(id, "yes", owner, w.later(29 / 60));
  const after = w.later(38 / 60);
  await refused("CONFIRMATION_CLOSED", decide(late, "yes", owner, after));
  expect((await after.call(owner, "get_confirmation", { confirmationId: late })).status).toBe("expired");
  const expired = act(w.later(40 / 60), bot, "create_task", input);
  expect((await refused("CONFIRMATION_INVALID", expired)).message).toContain("expired");
  await act(after, bot, "create_task", input);
});

test("what a client relays says so, in the row and in the audit", async () => {
  const { id } = await asked();
  const options = { relayed: true, channel: "mcp" } as const;
  const done = await core.call(bot, "decide_confirmation", { confirmationId: id, answer: "yes" }, options);
  expect(done).toMatchObject({ status: "approved", decidedVia: "client" });
  const [entry] = await core.client`
    select via, channel, outcome from audit_entry where tool = 'decide_confirmation' and object = ${id}`;
  expect(entry).toEqual({ via: "api_key", channel: "mcp", outcome: "ok" });
});

test("events tell of the question and of the answer", async () => {
  const cursor = (await core.call(bot, "wait_for_events", { timeoutSeconds: 0 })).cursor;
  const { id } = await asked();
  await decide(id, "no");
  const { events } = await core.call(bot, "list_events", { after: cursor });
  expect(events.map(({ type, data }) => [type, data])).toEqual([
    ["confirmation.requested", { confirmationId: id, status: "pending" }],
    ["confirmation.decided", { confirmationId: id, status: "declined" }],
  ]);
});

testDeclared("decide_confirmation");
