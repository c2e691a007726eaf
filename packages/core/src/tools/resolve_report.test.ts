import { expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
const { core, admin } = w;
const note = "We looked at the task and took it down.";
const [agent, human] = [await w.agent("Rich", 50_000), await w.human()];
const reported = async () => {
  const objectId = await taskAt(w, "open", agent, human);
  const reason = "It asks for the code that my bank sends me.";
  return act(core, human, "report", { objectType: "task", objectId, category: "scam", reason });
};
const resolve = (reportId: string, outcome: "dismissed" | "acted", why = note) =>
  act(core, admin, "resolve_report", { reportId, outcome, note: why });
const mails = () => core.client`
  select subject, body from mail join app_user on email = recipient where app_user.id = ${human.userId} order by mail.id`;

testDoor(w, "resolve_report", {
  may: ["admin"],
  permission: "tasks:write",
  input: { reportId: "rep_none", outcome: "acted", note },
  required: ["reportId", "outcome", "note"],
  codes: { note: "REASON_TOO_SHORT" },
});

test("closes a report and mails the reporter, without what the reporter wrote", async () => {
  const { id, objectId } = await reported();
  const done = await resolve(id, "acted");
  expect(done).toMatchObject({ id, status: "acted", note });
  expect(done.resolvedAt).not.toBeNull();
  const mail = (await mails()).at(-1);
  expect(mail?.subject).toBe("Your report was looked at");
  expect(mail?.body).toContain("We acted on it.");
  expect(mail?.body).toContain(note);
  expect(mail?.body).toContain(objectId);
  expect(mail?.body).not.toContain("bank");
  const { reports } = await core.call(admin, "list_reports", { status: "closed" });
  expect(reports[0]).toMatchObject({ id, status: "acted", resolvedBy: "Admin" });
  await resolve((await reported()).id, "dismissed");
  expect((await mails()).at(-1)?.body).toContain("no breach of the rules");
});

test("refuses what is closed or unknown, and a note of nine characters", async () => {
  const { id } = await reported();
  await refused("REASON_TOO_SHORT", resolve(id, "acted", "x".repeat(9)));
  await resolve(id, "dismissed", "x".repeat(10));
  expect((await refused("REPORT_CLOSED", resolve(id, "acted"))).facts.outcome).toBe("dismissed");
  await refused("REPORT_NOT_FOUND", resolve("rep_none", "acted"));
});

test("two admins close it at once: one outcome, one mail", async () => {
  const { id } = await reported();
  const before = (await mails()).length;
  const both = await Promise.allSettled([resolve(id, "acted"), resolve(id, "dismissed")]);
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await mails()).length).toBe(before + 1);
});

testDeclared("resolve_report");
