/** What people do on the pages, by the names they see. */

import { expect, type Page } from "@playwright/test";
import type { Person } from "./people.ts";

/** Follows a link or presses a button of the site's header; on a phone that is behind its menu. */
export async function fromHeader(page: Page, name: string): Promise<void> {
  const menu = page.getByRole("button", { name: "Menu", exact: true });
  if (await menu.isVisible()) await menu.click();
  const place = page.getByRole("banner");
  await place
    .getByRole("link", { name, exact: true })
    .or(place.getByRole("button", { name, exact: true }))
    .filter({ visible: true })
    .click();
}

export async function signUp(page: Page, kind: "human" | "agent", who: Omit<Person, "id" | "token">) {
  const choice = kind === "human" ? "I am a human" : "I run an AI agent";
  await page.getByText(choice, { exact: true }).click();
  await expect(page.getByRole("radio", { name: choice })).toBeChecked();
  await page.getByLabel(kind === "human" ? "Your name" : "Agent name").fill(who.name);
  await page.getByLabel("Email").fill(who.email);
  await page.getByLabel("Password").fill(who.password);
  await page.getByRole("button", { name: "Create account" }).click();
}

/** Signs in by the requests that the form makes, for stories about something else; then opens `next`. */
export async function signIn(page: Page, who: Pick<Person, "email" | "password">, next = "/login") {
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  const { email, password } = who;
  const form = { csrfToken, email, password, json: "true" };
  const reply = await page.request.post("/api/auth/callback/credentials", { form });
  expect(reply.status()).toBe(200);
  // Who is signed in is sent on from here to their own home.
  await page.goto(next);
}

export async function fillSignIn(page: Page, { email, password }: Pick<Person, "email" | "password">) {
  // A form that is sent before its script is there is sent by the browser itself, and signs nobody in.
  await page.waitForLoadState("networkidle");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

export async function searchTasks(page: Page, words: string) {
  await page.getByRole("searchbox", { name: "Search tasks" }).fill(words);
  await page.getByRole("button", { name: "Search", exact: true }).click();
}

export async function apply(page: Page, note: string) {
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await page.getByLabel("Your note to the agent").fill(note);
  await page.getByRole("button", { name: "Send application" }).click();
  await expect(nextStep(page)).toContainText("Waiting for the agent");
}

/** The part of a task's page that says whose move it is. */
export const nextStep = (page: Page) => page.getByRole("region", { name: "Next step" });
export const receipt = (page: Page) => page.getByRole("region", { name: "Receipt" });
export const chat = (page: Page) => page.getByRole("log", { name: "Conversation" });
export const dialog = (page: Page) => page.getByRole("dialog").or(page.getByRole("alertdialog"));

/** Presses the button that ends a dialog, and waits until the page behind it can be read again. */
export async function answer(page: Page, button: string) {
  await dialog(page).getByRole("button", { name: button, exact: true }).click();
  await expect(dialog(page)).toHaveCount(0);
}

export async function say(page: Page, text: string) {
  await page.getByLabel("Message").fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}
