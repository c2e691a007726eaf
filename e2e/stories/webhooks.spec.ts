/** An owner's endpoint hears of what happens: made in the browser, told by the server, checked as the contract says. */

import { answer, dialog, fromHeader, signIn } from "../support/pages.ts";
import { newAgent, newTask } from "../support/people.ts";
import { type Receiver, signers, startReceiver } from "../support/receiver.ts";
import { expect, type Page, test } from "../support/test.ts";

let receiver: Receiver;
test.beforeEach(async () => {
  receiver = await startReceiver();
});
test.afterEach(() => receiver.close());

test("a webhook is made, told of a task, rotated, sent again, disabled and deleted", {
  tag: "@phone",
}, async ({ page }) => {
  const owner = await newAgent();
  await signIn(page, owner);
  await fromHeader(page, "Webhooks");
  const secret = await test.step("makes it", () => create(page));

  const { id: taskId } = await newTask(owner);
  await expect.poll(() => receiver.got).toHaveLength(1);
  const [told] = receiver.got;
  expect(told?.event).toMatchObject({ type: "task.created", data: { taskId, status: "open" } });
  expect(signers(told!, [secret])).toEqual([secret]);

  await page.getByRole("link", { name: "Deliveries and settings" }).click();
  const row = page.getByRole("listitem").filter({ hasText: told!.event.id });
  await expect(row).toContainText("Delivered");
  await expect(row).toContainText("200");
  await row.getByText("What the endpoint answered").click();
  await expect(row).toContainText("received, thank you");

  const fresh = await test.step("rotates its secret", () => rotate(page));
  await row.getByRole("button", { name: "Send again" }).click();
  await expect.poll(() => receiver.got).toHaveLength(2);
  expect(receiver.got[1]?.event).toEqual(told?.event);
  expect(signers(receiver.got[1]!, [secret, fresh])).toEqual([fresh, secret]);

  await page.getByRole("button", { name: "Send a test" }).click();
  await expect.poll(() => receiver.got.at(-1)?.event.type).toBe("webhook.test");
  const tested = page.getByRole("listitem").filter({ hasText: "webhook.test" });
  await expect(tested, "the page follows by itself").toContainText("Delivered");

  await page.getByRole("button", { name: "Disable" }).click();
  await expect(page.getByRole("main")).toContainText("You disabled it.");
  await expect(page.getByRole("button", { name: "Send again" })).toHaveCount(0);
  await newTask(owner);
  await page.getByRole("button", { name: "Enable" }).click();
  await expect(page.getByRole("button", { name: "Send a test" })).toBeVisible();
  expect(receiver.got).toHaveLength(3);

  await page.getByRole("button", { name: "Delete" }).click();
  await answer(page, "Delete webhook");
  await expect(page.getByRole("heading", { level: 1, name: "Webhooks" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("No webhooks yet");
});

async function create(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Create webhook" }).click();
  await dialog(page).getByLabel("Endpoint").fill("http://user:word@127.0.0.1/");
  await dialog(page).getByRole("button", { name: "Create", exact: true }).click();
  await expect(dialog(page)).toContainText("This must not hold a user name or password.");
  await dialog(page).getByLabel("Endpoint").fill(receiver.url);
  await dialog(page).getByLabel("All, also those to come").uncheck();
  await dialog(page).getByRole("button", { name: "Create", exact: true }).click();
  await expect(dialog(page)).toContainText("Choose at least one.");
  await dialog(page).getByRole("checkbox", { name: "task.created" }).check();
  await dialog(page).getByRole("button", { name: "Create", exact: true }).click();
  return keep(page);
}

async function rotate(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Rotate secret" }).click();
  await expect(dialog(page)).toContainText("For one hour");
  await dialog(page).getByRole("button", { name: "Rotate secret" }).click();
  const secret = await keep(page);
  await expect(page.getByRole("main")).toContainText("The old one signs too for another");
  return secret;
}

/** The secret that the dialog shows, this once. */
async function keep(page: Page): Promise<string> {
  const shown = dialog(page).getByRole("region", { name: "Signing secret" });
  await expect(shown).toHaveText(/^whsec_\S{20,}$/);
  const secret = ((await shown.textContent()) ?? "").trim();
  await page.getByRole("button", { name: "I have copied it" }).click();
  await page.reload();
  expect(await page.content(), "shown once only").not.toContain(secret);
  return secret;
}
