/** The owner of an agent who does everything in the browser, without an MCP client. */

import { bearer, post, tool } from "../support/api.ts";
import { balances, transfersOf } from "../support/ledger.ts";
import { answer, chat, dialog, fromHeader, say, signIn, signUp } from "../support/pages.ts";
import { newAgent, newHuman, newTask, PASSWORD, type Person, unique } from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";
import type { Messages, TaskDetail } from "../support/wire.ts";

const walletStatus = async (key: string) =>
  (await post({ tool: "get_wallet", input: {} }, bearer(key))).status;

test("an owner signs up and makes a key that works until it is revoked", { tag: "@phone" }, async ({
  page,
}) => {
  const name = unique("Owner");
  await page.goto("/signup");
  await signUp(page, "agent", { name, email: `${name.toLowerCase()}@story.test`, password: PASSWORD });
  await expect(page.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("500 $A9");

  await fromHeader(page, "API keys");
  const keyName = unique("Laptop");
  const key = await createKey(page, keyName);
  expect(await walletStatus(key)).toBe(200);
  const { status } = await post(
    { tool: "send_message", input: { taskId: "task_x", content: "Hi" } },
    bearer(key),
  );
  expect(status, "a permission that was not given").toBe(403);

  await page.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: keyName }).first()).toContainText("Active");
  expect(await page.content(), "shown once only").not.toContain(key);
  await page.reload();
  expect(await page.content(), "shown once only").not.toContain(key);

  const row = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: keyName }) });
  await row.getByRole("button", { name: "Revoke" }).click();
  await answer(page, "Revoke key");
  await expect(row).toContainText("Revoked");
  await expect(row.getByRole("button", { name: "Revoke" })).toHaveCount(0);
  expect(await walletStatus(key)).toBe(401);
});

async function createKey(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: "Create key" }).click();
  await dialog(page).getByLabel("Key name").fill(name);
  await dialog(page).getByRole("checkbox", { name: "tasks:write" }).check();
  await dialog(page).getByRole("checkbox", { name: "wallet:read" }).check();
  await dialog(page).getByRole("button", { name: "Create", exact: true }).click();
  const shown = dialog(page).getByRole("region", { name: "API key", exact: true });
  await expect(shown).toHaveText(/^sk_live_\S{20,}$/);
  return ((await shown.textContent()) ?? "").trim();
}

test("an owner posts a task, chooses, talks, approves and sees the payout", { tag: "@phone" }, async ({
  page,
}) => {
  const [owner, human] = await Promise.all([newAgent(), newHuman()]);
  await signIn(page, owner);
  const taskId = await test.step("posts a task", () => postTask(page, owner));
  expect(await balances(owner.id)).toEqual({ available: "349500000", held: "150500000" });
  await tool("apply_to_task", { taskId, message: "I taste drinks for a living." }, human.token);

  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: human.name });
  await expect(row).toContainText("I taste drinks for a living.");
  await row.getByRole("button", { name: "Select" }).click();
  await answer(page, "Select");
  await expect(page.getByRole("heading", { name: `Chat with ${human.name}` })).toBeVisible();
  await test.step("talks with the human", () => talk(page, taskId, human));

  await tool(
    "submit_proof",
    { taskId, text: "All three were good.", links: ["https://example.com/d"] },
    human.token,
  );
  await page.reload();
  await test.step("approves", () => approve(page, human));
  expect(await transfersOf(taskId)).toEqual([
    "escrow_lock 150500000",
    "escrow_release 150484950",
    "platform_fee 15050",
  ]);
});

async function postTask(page: Page, owner: Person): Promise<string> {
  const title = unique("Taste three drinks");
  await page.getByRole("link", { name: "New task" }).first().click();
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Description").fill("Order three drinks, taste them, and write down what you think.");
  await page.getByLabel("Category").selectOption({ label: "Mystery shopping" });
  await page.getByLabel("Budget ($A9)").fill("150.5");
  await page.getByLabel("Deadline").fill(await localTime(page, 2));
  await page.getByLabel("Urgency").selectOption({ label: "High" });
  await page.getByLabel("Location").fill("Lisbon, Portugal");
  await page.getByLabel("Requirements").fill("A photo of each drink\nNotes on the taste");
  await page.getByLabel("Skills").fill("tasting, writing");
  await expect(page.getByRole("region", { name: "What posting does" })).toContainText("150.48495 $A9");
  await page.getByRole("button", { name: "Post task" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const taskId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  expect(await tool("get_task", { taskId }, owner.token)).toMatchObject({
    status: "open",
    category: "mystery_shopping",
    requirements: ["A photo of each drink", "Notes on the taste"],
    skillsRequired: ["tasting", "writing"],
    remote: false,
  });
  return taskId;
}

/** Some days from now as a datetime-local field takes it: in the browser's own zone. */
const localTime = (page: Page, days: number) =>
  page.evaluate((ms) => {
    const at = new Date(Date.now() + ms);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }, days * 86_400_000);

async function talk(page: Page, taskId: string, human: Person) {
  await say(page, "Please start with the tea.");
  await expect
    .poll(async () => (await tool<Messages>("get_messages", { taskId }, human.token)).messages)
    .toEqual([expect.objectContaining({ senderRole: "agent", content: "Please start with the tea." })]);
  await tool("send_message", { taskId, content: "Tea first, then." }, human.token);
  await expect(chat(page).getByText("Tea first, then.")).toBeVisible();
}

async function approve(page: Page, human: Person) {
  await expect(page.getByRole("region", { name: /^Review the proof/ })).toContainText("All three were good.");
  await expect(page.getByRole("link", { name: "https://example.com/d" })).toHaveAttribute(
    "rel",
    /noopener.*nofollow.*ugc/,
  );
  await page.getByRole("button", { name: "Approve and pay" }).click();
  await expect(dialog(page)).toContainText(`To ${human.name}`);
  await expect(dialog(page)).toContainText("150.48495 $A9");
  await expect(dialog(page)).toContainText("0.01505 $A9");
  await answer(page, "Release payment");
  await expect(page.getByText(`150.48495 $A9 paid to ${human.name}.`)).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Completed");
  await expect(page.getByRole("button", { name: "Approve and pay" })).toHaveCount(0);
}

test("an owner cancels a task and has the whole budget back", { tag: "@phone" }, async ({ page }) => {
  const owner = await newAgent();
  const { id: taskId, title } = await newTask(owner, { budget: 123.456789 });
  await signIn(page, owner);
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("button", { name: "Cancel task" }).click();
  await expect(dialog(page)).toContainText("123.456789 $A9");
  await answer(page, "Keep as it is");
  await page.getByRole("button", { name: "Cancel task" }).click();
  await answer(page, "Cancel and refund");
  await expect(page.getByRole("main")).toContainText("Closed");
  const { history } = await tool<TaskDetail>("get_task", { taskId }, owner.token);
  expect(history.map(({ action }) => action)).toEqual(["create", "cancel"]);
  expect(await balances(owner.id)).toEqual({ available: "500000000", held: "0" });
  await fromHeader(page, "Wallet");
  await expect(page.getByRole("main")).toContainText("500 $A9");
  await expect(page.getByRole("listitem").filter({ hasText: "123.456789 $A9" })).toHaveCount(2);
});
