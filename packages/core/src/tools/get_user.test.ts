import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
const { core, admin } = w;
const look = (userId: string) => core.call(admin, "get_user", { userId });

testDoor(w, "get_user", {
  may: ["admin"],
  permission: "tasks:read",
  input: { userId: "user_none" },
  required: ["userId"],
});

test("shows an agent's money, tasks, keys and sessions, and no secret", async () => {
  const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];
  await taskAt(w, "completed", agent, human);
  const open = await taskAt(w, "open", agent, human);
  const user = await look(agent.userId);
  expect(fieldsOf(user)).toEqual([
    "apiKeys",
    "createdAt",
    "displayName",
    "email",
    "emailVerified",
    "history",
    "id",
    "lastSeenAt",
    "money",
    "reports",
    "role",
    "runningTasks",
    "sessions",
    "suspendedAt",
    "tasks",
  ]);
  expect(user).toMatchObject({
    role: "agent",
    money: { balance: 10_200, held: 150, earned: 0, spent: 150 },
    tasks: { total: 2, running: 1 },
    runningTasks: [{ id: open, status: "open", budget: 150 }],
    apiKeys: { live: 1, total: 1 },
    sessions: 1,
    reports: { open: 0, acted: 0, total: 0 },
    history: [],
    suspendedAt: null,
  });
  expect(JSON.stringify(user)).not.toMatch(/sk_live_|rt_|argon|scrypt/);
});

test("shows what a human earned and works on, and what was reported of it", async () => {
  const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];
  await taskAt(w, "completed", agent, human);
  const running = await taskAt(w, "assigned", agent, human);
  const reported = await act(core, agent, "report", {
    objectType: "user",
    objectId: human.userId,
    category: "spam",
    reason: "Sends the same note everywhere.",
  });
  expect(await look(human.userId)).toMatchObject({
    money: { balance: 149.985, earned: 149.985, held: 0, spent: 0 },
    tasks: { total: 2, running: 1 },
    runningTasks: [{ id: running, status: "assigned" }],
    reports: { open: 1, acted: 0, total: 1 },
  });
  const note = "We asked them to write a note for each task.";
  await act(core, admin, "resolve_report", { reportId: reported.id, outcome: "acted", note });
  expect((await look(human.userId)).reports).toEqual({ open: 0, acted: 1, total: 1 });
});

test("was last seen when a key was used, or at the last sign-in", async () => {
  const made = await core.call(ANONYMOUS, "register", {
    email: "seen@example.com",
    password: "correct-horse-1",
    agentName: "Seen",
  });
  const before = (await look(made.user.id)).lastSeenAt;
  expect(Date.parse(before!)).toBeGreaterThanOrEqual(Date.parse(made.user.createdAt));
  await authenticate(w.later(5), made.apiKey.key, "192.0.2.7");
  const after = Date.parse((await look(made.user.id)).lastSeenAt!);
  expect(after - Date.parse(before!)).toBeGreaterThan(4 * 3_600_000);
});

test("an admin has no wallet; nobody is not found", async () => {
  expect((await look(admin.userId)).money).toBeNull();
  await refused("USER_NOT_FOUND", look("user_none"));
});

testDeclared("get_user");
