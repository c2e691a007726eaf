/** An account's own doors: its address, its password, its sessions. */

import { refusal } from "../support/api.ts";
import { mailedLink } from "../support/mail.ts";
import { answer, fillSignIn, fromHeader, signIn, signUp } from "../support/pages.ts";
import { newHuman, PASSWORD, unique } from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";

const banner = (page: Page) => page.getByRole("complementary", { name: "Your email address" });
const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("who signs up confirms the address by the mailed link", { tag: "@phone" }, async ({ page }) => {
  const name = unique("Human");
  const email = `${name.toLowerCase()}@story.test`;
  await page.goto("/signup");
  await signUp(page, "human", { name, email, password: PASSWORD });
  await expect(page).toHaveURL("/tasks");
  await expect(banner(page)).toContainText("Confirm your email address");
  await fromHeader(page, `Account: ${name} Human`);
  await expect(card(page, "Email")).toContainText("Not confirmed yet");
  await card(page, "Email").getByRole("button", { name: "Send the mail again" }).click();
  await expect(page.getByText("The mail is on its way.")).toBeVisible();
  const link = await mailedLink(email, /Confirm your address/);
  await page.goto(link);
  await expect(page).toHaveURL("/verify-email"); // the token is out of the address bar
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("Your address is confirmed.")).toBeVisible();
  await expect(banner(page)).toHaveCount(0);
  await page.goto("/account");
  await expect(card(page, "Email")).toContainText("Confirmed");
  await page.goto(link);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "no longer good" })).toBeVisible();
});

test("a forgotten password: the link opens the account, and old sessions are out", { tag: "@phone" }, async ({
  page,
  newPage,
}) => {
  const human = await newHuman();
  const elsewhere = await newPage();
  await signIn(elsewhere, human, "/wallet");
  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Forgot your password?" })).toBeVisible(); // both pages ask for an email
  await page.getByLabel("Email").fill(human.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("status").filter({ hasText: "If this address has an account" })).toBeVisible();
  await page.goto(await mailedLink(human.email, /Choose a new password/));
  await expect(page).toHaveURL("/reset-password");
  await page.getByLabel("New password").fill("lettersonly");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("with at least one letter and one number")).toBeVisible();
  const password = "brand-New-hands-8";
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();

  await elsewhere.goto("/wallet");
  await expect(elsewhere).toHaveURL(/\/login/);
  expect(await refusal("get_wallet", {}, human.token)).toEqual({ status: 401, code: "UNAUTHORIZED" });
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await fillSignIn(page, human);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Invalid email or password");
  await fillSignIn(page, { ...human, password });
  await expect(page).toHaveURL("/tasks");
});

test("a changed password leaves this browser in and puts the others out", async ({ page, newPage }) => {
  const human = await newHuman();
  const elsewhere = await newPage();
  await signIn(elsewhere, human, "/my");
  await signIn(page, human, "/account");
  await expect(card(page, "Where you are signed in").getByRole("listitem")).toHaveCount(3);
  const form = card(page, "Password");
  await form.getByLabel("Current password").fill("not-this-one-1");
  await form.getByLabel("New password").fill("brand-New-hands-8");
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(form).toContainText("This is not your current password.");
  await form.getByLabel("Current password").fill(human.password);
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(card(page, "Where you are signed in").getByRole("listitem")).toHaveCount(1);
  await elsewhere.reload();
  await expect(elsewhere).toHaveURL(/\/login/);
});

test("signing out everywhere ends every browser at once", async ({ page, newPage }) => {
  const human = await newHuman();
  const elsewhere = await newPage();
  await signIn(elsewhere, human, "/my");
  await signIn(page, human, "/account");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await answer(page, "Sign out");
  await expect(page).toHaveURL("/login");
  await elsewhere.goto("/wallet");
  await expect(elsewhere).toHaveURL(/\/login/);
  expect(await refusal("get_wallet", {}, human.token)).toEqual({ status: 401, code: "UNAUTHORIZED" });
});
