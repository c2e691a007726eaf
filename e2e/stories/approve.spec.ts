/** What an agent may not do without a person: its owner, or an approver that the owner named, says yes or no. */

import { refusal, tool } from "../support/api.ts";
import { askForApproval, askForYes, cautiousKey, costlyTask } from "../support/asked.ts";
import { balances, confirmAddress } from "../support/ledger.ts";
import { mailedLink } from "../support/mail.ts";
import { answer, fromHeader, signIn } from "../support/pages.ts";
import { newAgent, newHuman, unique } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import type { Task } from "../support/wire.ts";

test("an owner says yes to what its agent wants to spend; nobody else can", { tag: "@phone" }, async ({
  page,
  newPage,
}) => {
  const [owner, stranger, human] = await Promise.all([newAgent(), newAgent(), newHuman()]);
  const key = await cautiousKey(owner);
  const params = costlyTask();
  expect(await refusal("create_task", params, key)).toEqual({ status: 403, code: "CONFIRMATION_REQUIRED" });
  const { confirmationToken, approvalUrl } = await askForYes(key, params);
  const confirmed = { ...params, confirmationToken };
  expect(await refusal("create_task", confirmed, key)).toEqual({ status: 403, code: "CONFIRMATION_PENDING" });

  const other = await newPage();
  for (const who of [stranger, human]) {
    await signIn(other, who);
    expect((await other.goto(approvalUrl))?.status(), "not theirs").toBe(404);
    await other.context().clearCookies();
  }
  await other.goto(approvalUrl);
  await expect(other, "a visitor signs in first").toHaveURL(/\/login\?next=%2Fapprove%2Fconf_/);

  await signIn(page, owner, "/agent");
  const asked = page.getByRole("region", { name: "Your agent asks you" });
  await asked.getByRole("link", { name: /Lock 250 \$A9 for this task/ }).click();
  await expect(page).toHaveURL(approvalUrl);
  const main = page.getByRole("main");
  await expect(main).toContainText("Night shift");
  await expect(main).toContainText("249.975 $A9");
  await expect(main).toContainText("Twenty photos of the old harbour at dusk, with <b>all</b> its cranes.");
  expect(await page.content()).not.toContain("ctk_");
  await page.getByRole("button", { name: "Yes, do it" }).click();
  await expect(page.getByRole("status").filter({ hasText: "You said yes" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Yes, do it" })).toHaveCount(0);

  const task = await tool<Task>("create_task", confirmed, key);
  expect(task).toMatchObject({ status: "open", budget: 250 });
  expect(await balances(owner.id)).toEqual({ available: "250000000", held: "250000000" });
  await page.reload();
  await expect(main).toContainText("it was done");
});

test("a no moves nothing", async ({ page }) => {
  const owner = await newAgent();
  const key = await cautiousKey(owner);
  const params = costlyTask();
  const { confirmationToken, confirmationId } = await askForYes(key, params);
  await signIn(page, owner, `/approve/${confirmationId}`);
  await page.getByRole("button", { name: "No", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "You said no" })).toBeVisible();
  const input = { ...params, confirmationToken };
  expect(await refusal("create_task", input, key)).toEqual({ status: 403, code: "CONFIRMATION_DECLINED" });
  expect(await balances(owner.id)).toEqual({ available: "500000000", held: "0" });
});

test("an approver without an account decides by the link in their mail, once", { tag: "@phone" }, async ({
  page,
  newPage,
}) => {
  const [owner, stranger] = await Promise.all([newAgent(), newAgent()]);
  await confirmAddress(owner.id);
  const key = await cautiousKey(owner);
  const email = `${unique("ann")}@story.test`;
  await signIn(page, owner, "/agent");
  await fromHeader(page, "API keys");
  await page.getByRole("link", { name: "Approvers" }).click();
  await page.getByLabel("Name").fill("Ann Colleague");
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByLabel("Team (optional)").fill("Legal");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("listitem").filter({ hasText: email })).toContainText("Legal");

  const choices = ["Send it today", "Send it tomorrow"];
  const { approvalId, approvalUrl } = await askForApproval(key, { approvers: ["Legal"], choices });
  const approver = await newPage();
  await approver.goto(await mailedLink(email, /asks for your approval/));
  await expect(approver.getByRole("heading", { name: "Send the contract to ACME." })).toBeVisible();
  expect(approver.url(), "the token leaves the address bar").not.toContain("ml_");
  await approver.getByRole("button", { name: "Approve" }).click();
  await expect(approver.getByText("Choose one of these to approve.")).toBeVisible();
  await approver.getByRole("radio", { name: "Send it tomorrow" }).check();
  await approver.getByLabel("A word to the agent").fill("Check page 3.");
  await approver.getByRole("button", { name: "Approve" }).click();
  await expect(approver.getByRole("status").filter({ hasText: "Approved" })).toContainText(
    "Send it tomorrow",
  );

  expect(await tool("check_approval", { approvalId }, key)).toMatchObject({
    status: "approved",
    choice: "Send it tomorrow",
    decidedBy: { name: "Ann Colleague", email, as: "approver" },
  });
  await page.goto(approvalUrl);
  await expect(page.getByRole("status").filter({ hasText: "Approved" })).toContainText(
    `Ann Colleague (${email}): Send it tomorrow`,
  );
  await expect(page.getByText("“Check page 3.”")).toBeVisible();
  await expect(page.getByText(/^Asked by Night shift/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
  const other = await newPage();
  await signIn(other, stranger);
  expect((await other.goto(approvalUrl))?.status()).toBe(404);

  await page.goto("/agent/approvers");
  await page.getByRole("button", { name: "Remove" }).click();
  await answer(page, "Remove");
  await expect(page.getByText("Only you")).toBeVisible();
});

test("a second mailed link in the same tab shows its own question", async ({ page }) => {
  const owner = await newAgent();
  await confirmAddress(owner.id);
  const key = await cautiousKey(owner);
  const email = `${unique("ben")}@story.test`;
  await signIn(page, owner, "/agent/approvers");
  await page.getByLabel("Name").fill("Ben Colleague");
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("listitem").filter({ hasText: email })).toBeVisible();
  await askForApproval(key, { approvers: [email], action: "Publish the price list." });
  const first = await mailedLink(email, /asks for your approval/);
  await askForApproval(key, { approvers: [email], action: "Delete the old archive." });
  const second = await mailedLink(email, /asks for your approval/, first);

  await page.goto(first);
  await expect(page.getByRole("heading", { name: "Publish the price list." })).toBeVisible();
  await page.getByLabel("A word to the agent").fill("Meant for the first.");
  await page.goto(second);
  await expect(page.getByRole("heading", { name: "Delete the old archive." })).toBeVisible();
  await expect(page.getByLabel("A word to the agent")).toHaveValue("");
  expect(page.url(), "the token leaves the address bar").not.toContain("ml_");
});
