import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, REASON, refused, taskAt } from "../../test/world.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
const { core } = w;
const [agent, human, other] = [await w.agent("Rich", 10_000), await w.human(), await w.agent("Other")];
const mine = { ...agent, ip: "203.0.113.7" };

testDoor(w, "list_my_audit", {
  may: ["agent", "human"],
  permission: "keys:write",
  input: {
    tool: "login",
    taskId: "task_x",
    outcome: "ok",
    channel: "mcp",
    from: "2026-01-01T00:00:00Z",
    to: "2027-01-01T00:00:00Z",
    limit: 5,
    cursor: "7",
  },
});

test("an account sees its own entries, and nobody else's", async () => {
  await core.call(mine, "create_api_key", { name: "ci" });
  await core.call({ ...other, ip: "198.51.100.1" }, "create_api_key", { name: "theirs" });
  const { entries } = await core.call(agent, "list_my_audit", {});
  expect(entries.map((e) => [e.tool, e.ip])).toEqual([
    ["create_api_key", "203.0.113.7"],
    ["register", null],
  ]);
  expect(fieldsOf(entries[0]!)).toEqual(
    "actorId at channel ip keyId n object outcome role sealed tool via".split(" "),
  );
  expect((await core.call(human, "list_my_audit", {})).entries.map((e) => e.tool)).toEqual([
    "register_human",
  ]);
});

test("a failed sign-in is shown to whose account it is, with where it came from", async () => {
  const [user] = await core.client`select email from app_user where id = ${agent.userId}`;
  const thief = { ...ANONYMOUS, ip: "198.51.100.66" };
  await refused("AUTH_FAILED", core.call(thief, "login", { email: user?.email, password: "guess" }));
  const { entries } = await core.call(agent, "list_my_audit", { tool: "login" });
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ outcome: "AUTH_FAILED", ip: "198.51.100.66", actorId: null });
});

test("a task's agent sees what the others did to it, but not from where", async () => {
  const far = { ...human, ip: "192.0.2.9", keyId: "key_theirs00000" };
  const taskId = await taskAt(w, "disputed", mine, far);
  const about = { objectType: "task", objectId: taskId, category: "scam", reason: REASON } as const;
  const { id: reportId } = await core.call(far, "report", about);
  await core.call(w.admin, "resolve_report", { reportId, outcome: "dismissed", note: REASON });
  const boss = { ...w.admin, ip: "192.0.2.1" };
  await core.call(boss, "resolve_dispute", { taskId, decision: "dismiss", reason: REASON });
  const seen = (await core.call(agent, "list_my_audit", { taskId })).entries;
  expect(seen.map((e) => [e.tool, e.role, e.actorId, e.ip])).toEqual([
    ["resolve_dispute", "admin", null, null],
    ["open_dispute", "human", human.userId, null],
    ["reject_submission", "agent", agent.userId, mine.ip],
    ["submit_proof", "human", human.userId, null],
    ["select_applicant", "agent", agent.userId, mine.ip],
    ["apply_to_task", "human", human.userId, null],
    ["create_task", "agent", agent.userId, mine.ip],
  ]);
  expect(seen.every((e) => e.role === "agent" || e.keyId === null)).toBe(true);
  const own = (await core.call(human, "list_my_audit", { taskId })).entries;
  expect(own.map((e) => e.tool)).toEqual(["report", "open_dispute", "submit_proof", "apply_to_task"]);
  await refused("TASK_NOT_FOUND", core.call(other, "list_my_audit", { taskId }));
});

test("what strangers were refused on a task is not its agent's to see", async () => {
  const taskId = await taskAt(w, "open", mine, human);
  await refused("FORBIDDEN", core.call(other, "list_my_audit", { taskId }));
  const key = { idempotencyKey: "steal" };
  await refused("FORBIDDEN", core.call(other, "cancel_task", { taskId }, key));
  const seen = (await core.call(agent, "list_my_audit", { taskId })).entries;
  expect(seen.map((e) => e.tool)).toEqual(["create_task"]);
  const theirs = (await core.call(other, "list_my_audit", { outcome: "FORBIDDEN" })).entries;
  expect(theirs.map((e) => [e.tool, e.object])).toEqual([
    ["cancel_task", taskId],
    ["list_my_audit", null],
  ]);
});

testDeclared("list_my_audit");
