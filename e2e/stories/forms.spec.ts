/** Bad input: what is wrong is said at its field, the focus goes there, and nothing that was typed is lost. */

import type { Locator } from "@playwright/test";
import { tool } from "../support/api.ts";
import { dialog, fillSignIn, nextStep, signIn, signUp } from "../support/pages.ts";
import {
  assignedTask,
  newAgent,
  newHuman,
  newTask,
  PASSWORD,
  rejectedTask,
  submittedTask,
  unique,
} from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";
import type { TaskDetail } from "../support/wire.ts";

/** The message belongs to the field for screen readers too, and the keyboard is there to mend it. */
async function faulty(field: Locator, message: RegExp, typed: string) {
  await expect(field).toHaveAccessibleDescription(message);
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(typed);
}

async function alertSays(page: Page, message: RegExp) {
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toHaveText(message);
  await expect(alert).toBeFocused();
}

test("sign-up says what is wrong with a password and an address", { tag: "@phone" }, async ({ page }) => {
  const taken = await newHuman();
  const name = unique("Noor");
  const email = `${name.toLowerCase()}@story.test`;
  await page.goto("/signup");
  await signUp(page, "human", { name, email, password: "onlyletters" });
  await faulty(page.getByLabel("Password"), /at least one letter and one number/, "onlyletters");
  await expect(page.getByLabel("Your name")).toHaveValue(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByLabel("Email").fill("noor@story");
  await page.getByRole("button", { name: "Create account" }).click();
  await faulty(page.getByLabel("Email"), /not a valid email address/, "noor@story");
  await page.getByLabel("Email").fill(taken.email);
  await page.getByRole("button", { name: "Create account" }).click();
  await faulty(page.getByLabel("Email"), /already registered/, taken.email);
  await expect(page.getByLabel("Password")).toHaveValue(PASSWORD);
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/tasks");
});

test("a wrong password is refused without saying which of the two is wrong", { tag: "@phone" }, async ({
  page,
}) => {
  const human = await newHuman();
  await page.goto("/login");
  await fillSignIn(page, { email: human.email, password: "wrong-pass-1" });
  await alertSays(page, /^Invalid email or password\.$/);
  await expect(page.getByLabel("Email")).toHaveValue(human.email);
  await fillSignIn(page, { email: "nobody@story.test", password: "wrong-pass-1" });
  await alertSays(page, /^Invalid email or password\.$/);
  await fillSignIn(page, human);
  await expect(page).toHaveURL("/tasks");
});

test("proof with a broken link or a refused file keeps everything else", async ({ page }) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const { id } = await assignedTask(agent, human);
  await signIn(page, human, `/tasks/${id}`);
  await page.getByLabel("What you did").fill("All 41 benches.");
  await page.getByLabel("Links").fill("example dot com");
  const files = page.getByLabel("Add files");
  await files.setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("41 benches") });
  await expect(page.getByRole("listitem").filter({ hasText: "notes.txt" })).toContainText("Uploaded");
  await page.getByRole("button", { name: "Submit proof" }).click();
  await faulty(page.getByLabel("Links"), /https:\/\//, "example dot com");
  await expect(page.getByLabel("What you did")).toHaveValue("All 41 benches.");

  const script = Buffer.from("<!doctype html><script>alert(1)</script>\u0000");
  await files.setInputFiles({ name: "page.html", mimeType: "text/html", buffer: script });
  const refused = page.getByRole("listitem").filter({ hasText: "page.html" });
  await expect(refused).toContainText("not accepted");
  await page.getByLabel("Links").fill("https://example.com/benches");
  await page.getByRole("button", { name: "Submit proof" }).click();
  await expect(page.getByText("Some files did not arrive.")).toBeVisible();
  await refused.getByRole("button", { name: "Remove page.html" }).click();
  await page.getByRole("button", { name: "Submit proof" }).click();
  await expect(nextStep(page)).toContainText("The agent looks at your proof now");
  const { submission } = await tool<TaskDetail>("get_task", { taskId: id }, agent.token);
  expect(submission).toMatchObject({
    links: ["https://example.com/benches"],
    files: [{ name: "notes.txt" }],
  });
});

test("a new task names its faulty field, and what the wallet lacks", { tag: "@phone" }, async ({ page }) => {
  const owner = await newAgent();
  await signIn(page, owner, "/agent/new");
  const [title, budget] = [page.getByLabel("Title"), page.getByLabel("Budget ($A9)")];
  const post = page.getByRole("button", { name: "Post task" });
  await title.fill("   ");
  await page.getByLabel("Description").fill("Count the benches.");
  await page.getByLabel("Category").selectOption("field_operations");
  await budget.fill("10.1234567");
  await page
    .getByLabel("Deadline")
    .fill(`${new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)}T12:00`);
  await post.click();
  await faulty(title, /must not be empty/i, "   ");
  await title.fill("Count benches");
  await post.click();
  await faulty(budget, /6 decimals/, "10.1234567");
  await budget.fill("501");
  await post.click();
  await alertSays(page, /wallet holds 500 \$A9, this task needs 501 \$A9/);
  await budget.fill("20");
  await title.fill("Write fake reviews of benches");
  await post.click();
  await alertSays(page, /cannot be posted/);
  await expect(page.getByLabel("Description")).toHaveValue("Count the benches.");
  await title.fill("Count benches");
  await post.click();
  await expect(page.getByRole("heading", { level: 1, name: "Count benches" })).toBeVisible();
});

test("a rejection and a dispute need a reason that says something", async ({ page, newPage }) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const { id } = await submittedTask(agent, human);
  await signIn(page, agent, `/agent/tasks/${id}`);
  await page.getByRole("button", { name: "Reject", exact: true }).click();
  const reason = dialog(page).getByLabel("Reason");
  await reason.fill("Not good enough.");
  await dialog(page).getByRole("button", { name: "Reject submission" }).click();
  await faulty(reason, /too short \(min 50 characters\)/, "Not good enough.");

  const rejected = await rejectedTask(agent, human);
  const theirs = await newPage();
  await signIn(theirs, human, `/tasks/${rejected.id}`);
  await theirs.getByRole("button", { name: "Open dispute" }).click();
  const objection = theirs.getByLabel("Why the rejection is wrong");
  await objection.fill(`It is wrong.${" ".repeat(20)}`);
  await theirs.getByRole("button", { name: "Send to review" }).click();
  await faulty(objection, /too short \(min 20 characters\)/, `It is wrong.${" ".repeat(20)}`);
});

test("a key needs a permission", async ({ page }) => {
  await signIn(page, await newAgent(), "/agent/keys");
  await page.getByRole("button", { name: "Create key" }).click();
  await dialog(page).getByLabel("Key name").fill("Nothing");
  for (const name of ["tasks:read", "wallet:read", "messages:read"]) {
    await dialog(page).getByRole("checkbox", { name }).uncheck();
  }
  await dialog(page).getByRole("button", { name: "Create", exact: true }).click();
  await expect(dialog(page)).toContainText("Choose at least one.");
  await expect(dialog(page).getByLabel("Key name")).toHaveValue("Nothing");
  await expect(dialog(page).getByRole("checkbox", { name: "tasks:read" })).toBeFocused();
});

test("when the session has ended, what was typed is still there", { tag: "@phone" }, async ({ page }) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const { id } = await newTask(agent);
  await signIn(page, human, `/tasks/${id}`);
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  const note = page.getByLabel("Your note to the agent");
  await note.fill("I pass there every day.");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Send application" }).click();
  await alertSays(page, /signed out.*Sign in again/);
  await expect(note).toHaveValue("I pass there every day.");
});

test("a proof being written outlives its session", async ({ page }) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const { id } = await assignedTask(agent, human);
  await signIn(page, human, `/tasks/${id}`);
  const text = page.getByLabel("What you did");
  await text.fill("All 41 benches.");
  await page.context().clearCookies();
  // The page asks by itself whether the task moved on: the answer must not sweep the form away.
  const looked = () => page.waitForResponse((response) => response.request().method() === "POST");
  await looked();
  await looked();
  await page.getByRole("button", { name: "Submit proof" }).click();
  await alertSays(page, /signed out/);
  await expect(text).toHaveValue("All 41 benches.");
});

test("somebody was quicker: the person is told so, and is not stuck", { tag: "@phone" }, async ({ page }) => {
  const [agent, human, quicker] = await Promise.all([newAgent(), newHuman(), newHuman()]);
  const { id } = await newTask(agent);
  await signIn(page, human, `/tasks/${id}`);
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await page.getByLabel("Your note to the agent").fill("I pass there every day.");
  await tool("apply_to_task", { taskId: id, message: "Me first." }, quicker.token);
  await tool("select_applicant", { taskId: id, humanId: quicker.id }, agent.token);
  await page.getByRole("button", { name: "Send application" }).click();
  await alertSays(page, /somebody was quicker/);
});

test("an owner whose agent already chose is told so", async ({ page }) => {
  const [agent, first, second] = await Promise.all([newAgent(), newHuman(), newHuman()]);
  const { id } = await newTask(agent);
  for (const who of [first, second]) {
    await tool("apply_to_task", { taskId: id, message: "I can do it." }, who.token);
  }
  await signIn(page, agent, `/agent/tasks/${id}`);
  const row = page.getByRole("listitem").filter({ hasText: first.name });
  await row.getByRole("button", { name: "Select" }).click();
  await tool("select_applicant", { taskId: id, humanId: second.id }, agent.token);
  await dialog(page).getByRole("button", { name: "Select", exact: true }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("moved on in the meantime");
});
