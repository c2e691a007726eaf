/** No page breaks a rule of WCAG 2.2 AA, in either theme, on a desktop and on a phone; none scrolls sideways. */

import AxeBuilder from "@axe-core/playwright";
import { tool } from "../support/api.ts";
import { startApp } from "../support/apps.ts";
import { askForApproval, askForYes, cautiousKey, costlyTask } from "../support/asked.ts";
import { confirmAddress } from "../support/ledger.ts";
import { dialog, signIn } from "../support/pages.ts";
import {
  assignedTask,
  demo,
  newAgent,
  newHuman,
  newTask,
  type Person,
  rejectedTask,
  submittedTask,
} from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What a theme can break: it changes colours and nothing else. */
const COLOURS = ["color-contrast", "link-in-text-block"];

test.use({ trace: "off" });

async function sound(page: Page, what: string) {
  // What still fades in has no contrast yet.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((a) => a.finished));
  });
  expect.soft(await violations(page, (axe) => axe.withTags(STANDARD)), what).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(sideways, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
  await inTheme(page, "dark");
  expect.soft(await violations(page, (axe) => axe.withRules(COLOURS)), `${what} in the dark`).toEqual([]);
  await inTheme(page, "light");
}

async function inTheme(page: Page, theme: "light" | "dark") {
  await page.emulateMedia({ colorScheme: theme });
  await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
}

async function violations(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // The legacy mode needs no second page to collect its results in: our pages have no frames.
  const found = await choose(new AxeBuilder({ page }).setLegacyMode()).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(" ")).join(", ")}`);
}

async function visit(page: Page, paths: string[]) {
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await sound(page, path);
  }
}

test("a visitor's pages", { tag: "@phone" }, async ({ page }) => {
  const { id } = await newTask(await newAgent(), { requirements: ["A photo"], skillsRequired: ["walking"] });
  const search = "/tasks?search=nothing-is-called-this";
  await visit(page, ["/", "/tasks", search, `/tasks/${id}`, "/signup", "/signup?as=agent", "/login"]);
  await visit(page, [
    "/agent/connect",
    "/privacy",
    "/no-such-page",
    "/forgot-password",
    "/reset-password",
    "/verify-email",
  ]);
  await visit(page, [
    "/docs",
    "/docs/tools/create_task",
    "/docs/lifecycle",
    "/docs/webhooks",
    "/docs/errors",
  ]);
  await page.goto("/login");
  await page.getByLabel("Email").fill("nobody@story.test");
  await page.getByLabel("Password").fill("wrong-pass-1");
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await sound(page, "/login after a wrong password");
});

test("a human's pages", { tag: "@phone" }, async ({ page }) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const open = await newTask(agent);
  const [assigned, submitted, rejected] = await Promise.all([
    assignedTask(agent, human),
    submittedTask(agent, human),
    rejectedTask(agent, human),
  ]);
  await tool("send_message", { taskId: assigned.id, content: "Hello!" }, agent.token);
  await tool("apply_to_task", { taskId: open.id, message: "I pass there." }, human.token);
  await signIn(page, human);
  await visit(page, [
    "/",
    "/tasks",
    "/my",
    "/my?tab=applications",
    "/wallet",
    "/account",
    `/tasks/${open.id}`,
  ]);
  await visit(page, [`/tasks/${submitted.id}`, `/tasks/${rejected.id}`, `/tasks/${assigned.id}`]);
  await page.getByRole("button", { name: "Give up task" }).click();
  await sound(page, "a task with its form to give up");
});

test("a question with a field of each kind", { tag: "@phone" }, async ({ page }) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const options = ["one", "two", "three"];
  const properties = {
    choice: { type: "string", enum: options, title: "Which one?", description: "Only one of them." },
    many: { type: "array", items: { type: "string", enum: options } },
    yes: { type: "boolean" },
    count: { type: "integer", minimum: 0 },
    day: { type: "string", format: "date" },
    lines: { type: "array", items: { type: "string", format: "uri" } },
    part: { type: "object", properties: { words: { type: "string" } } },
  };
  const form = { type: "object", properties, required: ["choice", "yes"] };
  const input = {
    question: "How many benches are there?",
    answerSchema: form,
    languages: ["English"],
    waitSeconds: 0,
  };
  const { questionId } = await tool<{ questionId: string }>("ask_human", input, agent.token);
  const path = `/questions/${questionId}`;
  await visit(page, [path]);
  await signIn(page, human);
  await visit(page, [path]);
  await page.getByRole("button", { name: "Answer this question" }).click();
  await sound(page, "a question whose needs are not confirmed");
  await page.getByLabel("I have what it asks for").check();
  await page.getByRole("button", { name: "Answer this question" }).click();
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByText("This is required.")).toHaveCount(2);
  await sound(page, "a question's form with faults");
  await page.getByLabel("one", { exact: true }).first().check();
  await page.getByLabel("Yes", { exact: true }).check();
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByRole("heading", { name: /was sent|and paid/ })).toBeVisible();
  await sound(page, "an answered question");
});

test("an owner's pages", { tag: "@phone" }, async ({ page }) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  await signIn(page, agent);
  await visit(page, ["/agent", "/agent/new", "/agent/keys", "/agent/webhooks", "/agent/connect", "/wallet"]);
  const hook = { url: "http://127.0.0.1:9/" }; // where nobody answers: a delivery that failed
  const { id: webhookId } = await tool<{ id: string }>("create_webhook", hook, agent.token);
  const [open, submitted] = await Promise.all([newTask(agent), submittedTask(agent, human)]);
  const done = await submittedTask(agent, human);
  await tool("apply_to_task", { taskId: open.id, message: "I pass there." }, human.token);
  await tool("approve_submission", { taskId: done.id }, agent.token);
  await visit(page, ["/agent", "/wallet", `/agent/tasks/${open.id}`, `/agent/tasks/${done.id}`]);
  await visit(page, [`/agent/tasks/${submitted.id}`]);
  for (const name of ["Approve and pay", "Reject"]) await opened(page, name);
  await page.goto("/agent/keys");
  await opened(page, "Create key");
  await visit(page, await askedPages(agent));
  await visit(page, ["/agent/webhooks", `/agent/webhooks/${webhookId}`]);
  await opened(page, "Rotate secret");
  await page.goto("/agent/webhooks");
  await opened(page, "Create webhook");
});

test("an owner who is asked by an app", { tag: "@phone" }, async ({ page }) => {
  const app = await startApp("An app with quite a long name, as makers of apps like to have them");
  await signIn(page, await newAgent());
  await visit(page, [app.link, "/oauth/consent/areq_none", "/account"]);
  app.close();
});
/** What the agent asks its owner, and where that is shown and set. */
async function askedPages(agent: Person): Promise<string[]> {
  const key = await cautiousKey(agent);
  const { confirmationId } = await askForYes(key, costlyTask());
  await confirmAddress(agent.id);
  const { approvalId } = await askForApproval(key, { choices: ["Today", "Tomorrow"] });
  const asked = [`/approve/${confirmationId}`, `/approve/${approvalId}`];
  return [...asked, "/agent", "/agent/approvers", "/approve/link"];
}

async function opened(page: Page, name: string, path?: string) {
  if (path) await page.goto(path);
  await page.getByRole("button", { name, exact: true }).click();
  await expect(dialog(page)).toBeVisible();
  await sound(page, `the dialog of ${name}`);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
}

test("the admin's pages", { tag: "@phone" }, async ({ page }) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const { id: taskId } = await rejectedTask(agent, human);
  const reason = "Both photos are in the album behind the link.";
  await tool("open_dispute", { taskId, reason }, human.token);
  const waiting = await newTask((await demo("agent")) as Person, { budget: 5001 });
  const admin = await demo("admin");
  const complaint = { objectType: "task", objectId: taskId, category: "other", reason };
  await tool("report", complaint, human.token);
  await signIn(page, admin);
  await visit(page, ["/admin", "/admin/users", "/admin/users?search=nobody-is-called-this"]);
  await visit(page, [`/admin/users/${agent.id}`, "/admin/reports", "/admin/disputes", "/admin/health"]);
  await opened(page, "Suspend", `/admin/users/${agent.id}`);
  await visit(page, ["/admin/reports?status=closed&category=spam", "/admin/risk"]);
  await page
    .getByRole("article", { name: waiting.title })
    .getByRole("button", { name: "Decline listing" })
    .click();
  await sound(page, "the dialog of Decline listing");
  await tool("review_task", { taskId: waiting.id, decision: "decline", reason }, admin.token);
});
