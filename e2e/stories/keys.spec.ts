/** An owner who limits what a key may spend, and changes what it may do. */

import { bearer, onceOnly, post } from "../support/api.ts";
import { answer, dialog, fromHeader, signIn } from "../support/pages.ts";
import { inDays, newAgent, newTask, unique } from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";
import type { Task } from "../support/wire.ts";

/** What a key is told when it posts a task with this budget: the refusal's code, or the task's status. */
async function posts(key: string, budget: number): Promise<string> {
  const input = {
    title: unique("Look at the shop window"),
    description: "Walk past the shop and say whether the lights in its window are on.",
    category: "field_operations",
    budget,
    deadline: inDays(2),
    urgency: "low",
  };
  const { body } = await post({ tool: "create_task", input }, { ...bearer(key), ...onceOnly() });
  return body.error?.code ?? (body.result as Task).status;
}

const rowOf = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });

async function createKey(page: Page, name: string, limits: Record<string, string>): Promise<string> {
  await page.getByRole("button", { name: "Create key" }).click();
  await dialog(page).getByLabel("Key name").fill(name);
  for (const [label, value] of Object.entries(limits)) await dialog(page).getByLabel(label).fill(value);
  await dialog(page).getByRole("button", { name: "Create", exact: true }).click();
  const key = (await dialog(page).getByRole("region", { name: "API key", exact: true }).textContent()) ?? "";
  await page.getByRole("button", { name: "I have copied it" }).click();
  return key.trim();
}

test("an owner caps a key, lets it spend, and gives it more", { tag: "@phone" }, async ({ page }) => {
  const owner = await newAgent();
  await signIn(page, owner);
  await fromHeader(page, "API keys");
  const name = unique("Bot");
  const key = await createKey(page, name, { "Most per task": "40", "Most in 24 hours": "60.5" });
  await expect(rowOf(page, name)).toContainText("at most 40 $A9 per task · at most 60.5 $A9 in 24 hours");

  await test.step("a key that only reads is given the right to post", async () => {
    expect(await posts(key, 10)).toBe("FORBIDDEN");
    await rowOf(page, name).getByRole("button", { name: "Permissions" }).click();
    await expect(dialog(page).getByRole("checkbox", { name: "tasks:write" })).not.toBeChecked();
    await dialog(page).getByRole("checkbox", { name: "tasks:write" }).check();
    await answer(page, "Save");
    await expect(rowOf(page, name)).toContainText("tasks:write");
  });

  await test.step("it spends within its caps", async () => {
    expect(await posts(key, 40.5)).toBe("SPENDING_CAP_EXCEEDED");
    expect(await posts(key, 40)).toBe("open");
    expect(await posts(key, 21)).toBe("SPENDING_CAP_EXCEEDED");
    await newTask(owner, { budget: 100 }); // the owner's own spending is not the key's
    expect(await posts(key, 20.5)).toBe("open");
  });

  await test.step("the owner sees its use, and changes its limits", async () => {
    await page.reload();
    await expect(rowOf(page, name)).toContainText("Last used");
    await expect(rowOf(page, name)).toContainText("127.0.0.1");
    await rowOf(page, name).getByRole("button", { name: "Limits" }).click();
    await expect(dialog(page).getByLabel("Most per task")).toHaveValue("40");
    await dialog(page).getByLabel("Most per task").fill("");
    await dialog(page).getByLabel("Most in 24 hours").fill("100");
    await dialog(page).getByLabel("Confirm from").fill("25");
    await answer(page, "Save");
    await expect(rowOf(page, name)).toContainText("at most 100 $A9 in 24 hours · asks from 25 $A9 on");
    expect(await posts(key, 39)).toBe("CONFIRMATION_REQUIRED");
    expect(await posts(key, 24)).toBe("open");
  });

  await test.step("a wrong address is said beside its field, and changes nothing", async () => {
    await rowOf(page, name).getByRole("button", { name: "Limits" }).click();
    await dialog(page).getByLabel("Allowed IPs").fill("not-an-address");
    await dialog(page).getByRole("button", { name: "Save" }).click();
    await expect(dialog(page)).toContainText("One of these is not an IP address or range.");
    await answer(page, "Keep as it is");
    expect(await posts(key, 10)).toBe("open");
  });
});
