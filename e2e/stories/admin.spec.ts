/** What an admin does with a report: looks, suspends, and restores; and what the suspended one then meets. */

import { bearer, refusal, serverUrl, tool } from "../support/api.ts";
import { answer, chat, dialog, fillSignIn, signIn } from "../support/pages.ts";
import { assignedTask, demo, newAgent, newHuman, newTask, type Person, REASON } from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";

const SAYS = "It asks me for the code that my bank sends me, <img src=x onerror=alert(1)>.";
const WHY = "Asks people for the codes of their bank.";

async function report(page: Page, what: string, kind: string) {
  await page.getByRole("button", { name: `Report this ${what}` }).click();
  await dialog(page).getByLabel("What is wrong").selectOption({ label: kind });
  await dialog(page).getByLabel("What happened").fill(SAYS);
  await answer(page, "Send report");
}

const reportOf = (desk: Page, person: Person) =>
  desk.getByRole("article").filter({ has: desk.getByRole("link", { name: person.name }) });

async function decide(desk: Page, button: "Suspend" | "Restore", why: string) {
  await desk.getByRole("button", { name: button, exact: true }).click();
  await dialog(desk).getByLabel("Reason").fill(why);
  await answer(desk, button);
}

/** Every way in that the agent had: its key, its token, its session's renewal, its password, its browser. */
async function refusedEverywhere(agent: Person & { readKey: string }, browser: Page) {
  const suspended = { status: 403, code: "USER_SUSPENDED" };
  expect(await refusal("list_tasks", {}, agent.readKey), "API key").toEqual(suspended);
  expect(await refusal("get_wallet", {}, agent.token), "idToken").toEqual(suspended);
  const rest = await fetch(serverUrl("/api/v1/api-keys"), { headers: bearer(agent.token) });
  expect(rest.status, "REST").toBe(403);
  const { email, password } = agent;
  expect(await refusal("login", { email, password }), "sign-in").toEqual(suspended);
  await browser.goto("/agent");
  await expect(browser, "browser").toHaveURL(/\/login/);
  await fillSignIn(browser, agent);
  await expect(browser.getByRole("main").getByRole("alert")).toContainText("suspended");
}

test("a human reports a task; the admin suspends its agent, and restores it", { tag: "@phone" }, async ({
  page,
  newPage,
}) => {
  const [agent, human, other] = await Promise.all([newAgent(), newHuman(), newHuman()]);
  const task = await newTask(agent);
  const owner = await newPage();
  await signIn(owner, agent);
  await signIn(page, human, `/tasks/${task.id}`);
  await report(page, "task", "Scam");

  const desk = await newPage();
  await signIn(desk, await demo("admin"), "/admin/reports");
  const waiting = reportOf(desk, agent);
  await expect(waiting).toContainText(SAYS);
  await expect(waiting).toContainText(task.title);
  await waiting.getByRole("link", { name: agent.name }).click();
  await expect(desk.getByRole("heading", { level: 1, name: agent.name })).toBeVisible();
  await expect(desk.getByRole("link", { name: "1 open, 0 acted upon, of 1" })).toBeVisible();
  await decide(desk, "Suspend", WHY);
  await expect(desk.getByText("Suspended", { exact: true }).first()).toBeVisible();
  await expect(desk.getByText(WHY)).toBeVisible();

  await refusedEverywhere(agent, owner);
  await page.goto(`/tasks?search=${encodeURIComponent(task.title)}`);
  await expect(page.getByRole("status").first()).toContainText("0 open tasks");
  expect(await refusal("apply_to_task", { taskId: task.id, message: "Me." }, other.token)).toEqual({
    status: 404,
    code: "TASK_NOT_FOUND",
  });

  await desk.goto("/admin/reports");
  await waiting.getByRole("button", { name: "Acted upon" }).click();
  await dialog(desk).getByLabel("Note to the reporter").fill("Thank you: this account was suspended.");
  await answer(desk, "Close the report");
  await expect(waiting).toHaveCount(0);
  await desk.getByRole("link", { name: "Closed", exact: true }).click();
  await expect(waiting).toContainText("Thank you: this account was suspended.");

  await waiting.getByRole("link", { name: agent.name }).click();
  await decide(desk, "Restore", "The owner has shown that the key was stolen.");
  await expect(desk.getByText("Active", { exact: true })).toBeVisible();
  await tool("list_tasks", {}, agent.readKey);
  await tool("apply_to_task", { taskId: task.id, message: "Me." }, other.token);
  await signIn(owner, agent, `/agent/tasks/${task.id}`);
  await expect(owner.getByRole("heading", { level: 1, name: task.title })).toBeVisible();
});

test("each side reports a message of the other; a suspended human's task opens again", async ({
  page,
  newPage,
}) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const task = await assignedTask(agent, human);
  await tool("send_message", { taskId: task.id, content: "Pay me outside, please." }, human.token);
  await tool("send_message", { taskId: task.id, content: "No." }, agent.token);
  await signIn(page, agent, `/agent/tasks/${task.id}`);
  await expect(chat(page).getByRole("button", { name: "Report this message" })).toHaveCount(1);
  await report(page, "message", "Harassment");
  await page.getByRole("button", { name: "Report this message" }).click();
  await dialog(page).getByLabel("What happened").fill(SAYS);
  await dialog(page).getByRole("button", { name: "Send report" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("reported this already");

  const desk = await newPage();
  await signIn(desk, await demo("admin"), "/admin/reports?category=harassment");
  await expect(reportOf(desk, human)).toContainText("Pay me outside, please.");
  await reportOf(desk, human).getByRole("link", { name: human.name }).click();
  await decide(desk, "Suspend", "Asked to be paid outside of the platform.");
  await page.reload();
  await expect(page.getByText("Given back, open again")).toBeVisible();
  await expect(page.getByText("The account of the human was suspended.")).toBeVisible();
});

test("the admin finds a user, and is told of the platform's health", { tag: "@phone" }, async ({ page }) => {
  const human = await newHuman();
  await signIn(page, await demo("admin"));
  await expect(page.getByRole("region", { name: "Money health" })).toContainText("Books balanced");
  await page.getByRole("navigation", { name: "Admin" }).getByRole("link", { name: "Users" }).click();
  await page.getByRole("searchbox", { name: "Search users" }).fill(human.email.toUpperCase());
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page.getByRole("status").first()).toContainText("1 account");
  await page.getByRole("link", { name: human.name }).click();
  await expect(page.getByText("This account was never suspended.")).toBeVisible();
  await page.goto("/admin/health");
  await expect(page.getByRole("region", { name: "Jobs" })).toContainText("clock");
  await expect(page.getByRole("region", { name: "Jobs" })).toContainText("every invariant holds");
});

test("nobody but an admin reads or decides anything of the admins'", async () => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const reason = REASON;
  const calls: [string, object][] = [
    ["list_users", {}],
    ["get_user", { userId: human.id }],
    ["suspend_user", { userId: human.id, reason }],
    ["restore_user", { userId: human.id, reason }],
    ["list_reports", {}],
    ["resolve_report", { reportId: "rep_none", outcome: "acted", note: reason }],
    ["list_reviews", {}],
    ["get_health", {}],
  ];
  for (const [name, input] of calls) {
    for (const person of [agent, human]) {
      expect(await refusal(name, input, person.token), name).toEqual({ status: 403, code: "FORBIDDEN" });
    }
  }
  const admin = await demo("admin");
  const get = async (path: string, token?: string) => {
    const reply = await fetch(serverUrl(`/api/v1${path}`), { headers: token ? bearer(token) : {} });
    return reply.status;
  };
  for (const path of ["/admin/users", `/admin/users/${human.id}`, "/admin/reports", "/admin/health"]) {
    expect(await get(path), path).toBe(401);
    expect(await get(path, human.token), path).toBe(403);
    expect(await get(path, admin.token), path).toBe(200);
  }
});
