/** What a person of the platform decides, and how a human gets out of a task. */

import { refusal, tool } from "../support/api.ts";
import { balances } from "../support/ledger.ts";
import { answer, apply, dialog, nextStep, receipt, signIn } from "../support/pages.ts";
import {
  assignedTask,
  demo,
  newAgent,
  newHuman,
  newTask,
  type Person,
  REASON,
  rejectedTask,
} from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";
import type { TaskDetail } from "../support/wire.ts";

const OBJECTION = "The photos of the first and the last bench are both in the album behind the link.";
const VERDICT = "The album shows both benches, so the proof has everything that was asked for.";

async function openDispute(page: Page, human: Person, taskId: string) {
  await signIn(page, human, `/tasks/${taskId}`);
  await expect(page.getByRole("region", { name: "Send it again" })).toContainText(REASON);
  await page.getByRole("button", { name: "Open dispute" }).click();
  await page.getByLabel("Why the rejection is wrong").fill(OBJECTION);
  await page.getByRole("button", { name: "Send to review" }).click();
  await expect(receipt(page)).toContainText("Disputed");
  await expect(page.getByRole("button", { name: "Submit again" })).toHaveCount(0);
}

async function decide(page: Page, title: string, decision: "Uphold" | "Dismiss") {
  await signIn(page, await demo("admin"), "/admin/disputes");
  const dispute = page.getByRole("article", { name: title });
  await expect(dispute).toContainText(REASON);
  await expect(dispute).toContainText(OBJECTION);
  await expect(dispute).toContainText("There are 41 benches.");
  await dispute.getByRole("button", { name: decision }).click();
  await dialog(page).getByLabel("Reason").fill(VERDICT);
  await answer(page, "Decide");
  await expect(dispute).toHaveCount(0);
}

for (const [decision, outcome] of [
  ["Uphold", { headline: "Done, and paid", agent: "460000000", human: "39996000", action: "uphold" }],
  ["Dismiss", { headline: "This task is closed", agent: "500000000", human: "0", action: "dismiss" }],
] as const) {
  test(`a human disputes a rejection, and the admin chooses: ${decision}`, { tag: "@phone" }, async ({
    page,
    newPage,
  }) => {
    const [agent, human] = await Promise.all([newAgent(), newHuman()]);
    const task = await rejectedTask(agent, human);
    await openDispute(page, human, task.id);
    expect(await refusal("reject_submission", { taskId: task.id, reason: REASON }, agent.token)).toEqual({
      status: 409,
      code: "INVALID_STATUS",
    });
    await decide(await newPage(), task.title, decision);
    await page.reload();
    await expect(nextStep(page)).toContainText(outcome.headline);
    await expect(nextStep(page)).toContainText(VERDICT);
    expect(await balances(agent.id)).toEqual({ available: outcome.agent, held: "0" });
    expect(await balances(human.id)).toEqual({ available: outcome.human, held: "0" });
    const { history } = await tool<TaskDetail>("get_task", { taskId: task.id }, agent.token);
    expect(history.at(-1)).toMatchObject({ action: outcome.action, by: "admin", reason: VERDICT });
  });
}

test("a budget above 5000 is seen by the admin first", async ({ page, newPage }) => {
  const [agent, human] = await Promise.all([demo("agent"), newHuman()]);
  const task = await newTask(agent, { budget: 5000.000001 });
  expect(task.status).toBe("pending_review");
  await signIn(page, human);
  await page.goto(`/tasks/${task.id}`);
  await expect(page.getByRole("heading", { level: 1, name: "Nothing is here" })).toBeVisible();

  const desk = await newPage();
  await signIn(desk, await demo("admin"), "/admin/risk");
  const listing = desk.getByRole("article", { name: task.title });
  await expect(listing).toContainText("Budget above 5000 $A9");
  await listing.getByRole("button", { name: "Approve listing" }).click();
  await expect(listing).toHaveCount(0);

  await page.goto(`/tasks/${task.id}`);
  await apply(page, "A big one: I bring two friends.");
  await tool("cancel_task", { taskId: task.id }, agent.token);
});

test("the admin declines a listing with a reason, and its budget goes back", async ({ page }) => {
  const agent = await demo("agent");
  const task = await newTask(agent, { budget: 5001 });
  const why = "Please say in which park, and post it again.";
  await signIn(page, await demo("admin"), "/admin/risk");
  const listing = page.getByRole("article", { name: task.title });
  await listing.getByRole("button", { name: "Decline listing" }).click();
  await dialog(page).getByLabel("Reason").fill(why);
  await answer(page, "Decline");
  await expect(listing).toHaveCount(0);
  const { status, history } = await tool<TaskDetail>("get_task", { taskId: task.id }, agent.token);
  expect(status).toBe("expired");
  expect(history.at(-1)).toMatchObject({ action: "decline_listing", by: "admin", reason: why });
});

test("a human gives a task up, withdraws, and applies for it again", { tag: "@phone" }, async ({ page }) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const task = await assignedTask(agent, human);
  await signIn(page, human, `/tasks/${task.id}`);
  await page.getByRole("button", { name: "Give up task" }).click();
  await page.getByLabel("Why").fill("I fell ill and cannot walk this week.");
  await page.getByRole("button", { name: "Give it back" }).click();
  await expect(page.getByRole("button", { name: "Apply again" })).toBeVisible();

  const { status, humanId, history } = await tool<TaskDetail>("get_task", { taskId: task.id }, agent.token);
  expect({ status, humanId }).toEqual({ status: "open", humanId: null });
  expect(history.at(-1)).toMatchObject({
    action: "give_up",
    reason: "I fell ill and cannot walk this week.",
  });

  await page.getByRole("button", { name: "Apply again" }).click();
  await page.getByLabel("Your note to the agent").fill("I am well again.");
  await page.getByRole("button", { name: "Send application" }).click();
  await page.getByRole("button", { name: "Withdraw application" }).click();
  await expect(nextStep(page)).toContainText("You took your application back.");
  await page.getByRole("button", { name: "Apply again" }).click();
  await page.getByLabel("Your note to the agent").fill("Really well, this time.");
  await page.getByRole("button", { name: "Send application" }).click();
  await expect(nextStep(page)).toContainText("Really well, this time.");
  await tool("select_applicant", { taskId: task.id, humanId: human.id }, agent.token);
  await page.reload();
  await expect(nextStep(page)).toContainText("Your move");
});
