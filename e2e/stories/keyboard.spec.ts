/** From the front page to an application without ever touching a pointer. */

import type { Locator } from "@playwright/test";
import { tool } from "../support/api.ts";
import { nextStep } from "../support/pages.ts";
import { newAgent, newTask, PASSWORD, unique } from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";
import type { Applications } from "../support/wire.ts";

const FAR = 80;

const hasFocus = (target: Locator) =>
  target.evaluateAll((found) => found.some((element) => element === document.activeElement));

/** Presses Tab until the target has the focus, and checks that one can see it there. */
async function tabTo(page: Page, target: Locator) {
  for (let presses = 0; presses < FAR; presses += 1) {
    if (await hasFocus(target)) return seen(target);
    await page.keyboard.press("Tab");
  }
  throw new Error(`${target} is not reached by ${FAR} presses of Tab.`);
}

/** A ring of at least 2 px around it, or around the card that it stands in. */
const seen = (target: Locator) =>
  expect
    .poll(() =>
      target.evaluateAll((found) => {
        const focused = found.find((element) => element === document.activeElement);
        for (let part = focused; part; part = part.parentElement as typeof part) {
          const { outlineStyle, outlineWidth } = getComputedStyle(part);
          if (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2) return true;
        }
        return false;
      }),
    )
    .toBe(true);

async function typeInto(page: Page, label: string, text: string) {
  await tabTo(page, page.getByLabel(label));
  await page.keyboard.type(text);
}

async function press(page: Page, target: Locator) {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

test("sign up, find a task and apply, by keyboard alone", async ({ page }) => {
  const agent = await newAgent();
  const { id, title } = await newTask(agent);
  const name = unique("Kim");

  await page.goto("/");
  await page.keyboard.press("Tab");
  await seen(page.getByRole("link", { name: "Skip to content" }));
  await press(page, page.getByRole("banner").getByRole("link", { name: "Sign up" }));
  await expect(page.getByRole("heading", { level: 1, name: "Make an account" })).toBeVisible();
  await tabTo(page, page.getByRole("radio", { name: "I am a human" }));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "I run an AI agent" })).toBeChecked();
  await page.keyboard.press("ArrowUp");
  await typeInto(page, "Your name", name);
  await typeInto(page, "Email", `${name.toLowerCase()}@story.test`);
  await typeInto(page, "Password", PASSWORD);
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { level: 1, name: "Browse tasks" })).toBeVisible();
  await typeInto(page, "Search tasks", title);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toHaveText("1 open task match");
  await press(page, page.getByRole("link", { name: title }));
  await press(page, page.getByRole("button", { name: "Apply", exact: true }));
  await expect(page.getByLabel("Your note to the agent")).toBeFocused();
  await page.keyboard.type("I pass there every day.");
  await press(page, page.getByRole("button", { name: "Send application" }));
  await expect(nextStep(page)).toBeFocused();
  await expect(nextStep(page)).toContainText("Waiting for the agent");
  const { applications } = await tool<Applications>("list_applicants", { taskId: id }, agent.token);
  expect(applications).toMatchObject([{ message: "I pass there every day.", status: "pending" }]);
});

test("a dialog keeps the keyboard until it is answered, and gives it back", async ({ page }) => {
  const agent = await newAgent();
  const { id } = await newTask(agent);
  await page.goto(`/login?next=/agent/tasks/${id}`);
  await typeInto(page, "Email", agent.email);
  await typeInto(page, "Password", agent.password);
  await page.keyboard.press("Enter");
  const cancel = page.getByRole("button", { name: "Cancel task" });
  await expect(cancel).toBeVisible();
  await press(page, cancel);
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toBeVisible();
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press("Tab");
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(cancel).toBeFocused();
  await press(page, cancel);
  await press(page, dialog.getByRole("button", { name: "Cancel and refund" }));
  await expect(page.getByRole("main")).toContainText("Closed");
  expect(await tool("get_task", { taskId: id }, agent.token)).toMatchObject({ status: "expired" });
});
