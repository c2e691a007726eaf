import { afterAll, expect, test } from "vitest";
import { emptyDatabase } from "../test/empty.ts";
import { memoryFiles } from "../test/world.ts";
import { authenticate } from "./auth/authenticate.ts";
import { ANONYMOUS, VISITOR } from "./context.ts";
import { createCore } from "./core.ts";
import { brokenInvariants } from "./db/health.ts";
import { migrate } from "./db/migrate.ts";
import { seedDemo } from "./seed.ts";

const core = createCore({
  databaseUrl: await emptyDatabase(),
  secret: "a test secret of thirty-two bytes or more",
  files: memoryFiles(),
  settings: { confirmAbove: 1 }, // the demo is made whatever the agents' policy says
});
await migrate(core.client);
afterAll(() => core.close());

test("the demo is a marketplace with tasks in every stage, made once", async () => {
  const demo = await seedDemo(core);
  expect(demo?.logins.map((l) => l.role)).toEqual(["human", "agent", "admin"]);
  for (const { email, password, role } of demo!.logins) {
    expect((await core.call(ANONYMOUS, "login", { email, password })).user.role).toBe(role);
  }
  const { actor } = await authenticate(core, demo!.agentKey, "127.0.0.1");
  expect(actor.permissions).toContain("tasks:write");
  expect((await core.call(actor, "list_my_tasks", {})).tasks.length).toBeGreaterThan(2);

  const statuses = await core.client`select distinct status from task`;
  expect(statuses.map((s) => s.status).sort()).toEqual(
    expect.arrayContaining([
      "assigned",
      "completed",
      "disputed",
      "open",
      "pending_review",
      "rejected_by_agent",
      "submitted",
    ]),
  );
  expect((await core.call(VISITOR, "list_tasks", {})).tasks.length).toBeGreaterThan(2);
  expect(await brokenInvariants(core.client)).toEqual([]);

  const count = () => core.client`select count(*)::int as n from task`;
  const before = await count();
  expect(await seedDemo(core)).toBeNull();
  expect(await count()).toEqual(before);
});
