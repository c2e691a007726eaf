/** An app that connects to an owner's account without a key, and is let go again. */

import { bearer, serverUrl } from "../support/api.ts";
import { startApp } from "../support/apps.ts";
import { answer, fillSignIn, signIn } from "../support/pages.ts";
import { newAgent, newHuman } from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";

/** The HTTP status of a call that the app makes over MCP. */
async function calls(token: string, tool: string): Promise<number> {
  const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: tool, arguments: {} } };
  const reply = await fetch(serverUrl("/mcp"), {
    method: "POST",
    headers: {
      ...bearer(token),
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
    },
    body: JSON.stringify(message),
  });
  await reply.text();
  return reply.status;
}

const consent = (page: Page) => page.getByRole("heading", { name: "Connect an app?" });

test("an owner connects an app, gives it less than it asks for, and ends it", { tag: "@phone" }, async ({
  page,
}) => {
  const owner = await newAgent();
  const app = await startApp("Story App");

  await test.step("the app's link leads over the sign-in to what it asks for", async () => {
    await page.goto(app.link);
    await expect(page).toHaveURL(/\/login\?next=/);
    await fillSignIn(page, owner);
    await expect(consent(page)).toBeVisible();
    await expect(page.getByRole("main")).toContainText("Story App");
    await expect(page.getByRole("main")).toContainText("nobody has checked who made it");
    await expect(page.getByRole("main")).toContainText(owner.email);
  });

  const token = await test.step("it gets what was left ticked", async () => {
    await page.getByRole("checkbox", { name: /it spends money/ }).uncheck();
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Back in the app" })).toBeVisible();
    const told = await app.answer();
    expect(told.get("state")).toBe("of the app");
    const access = await app.exchange(told.get("code")!);
    expect(await calls(access, "get_wallet")).toBe(200);
    expect(await calls(access, "cancel_task")).toBe(403);
    return access;
  });

  await test.step("the owner sees it on the account page, and disconnects it", async () => {
    await page.goto("/account");
    const row = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Story App" }) });
    await expect(row).toContainText("127.0.0.1");
    await row.getByRole("button", { name: "Disconnect" }).click();
    await answer(page, "Disconnect");
    await expect(page.getByText("No app is connected")).toBeVisible();
    expect(await calls(token, "get_wallet")).toBe(401);
  });
  app.close();
});

test("an owner refuses an app, and a human cannot connect one", async ({ page, newPage }) => {
  const app = await startApp("Unwanted App");
  await signIn(page, await newAgent());
  await page.goto(app.link);
  await expect(consent(page)).toBeVisible();
  const other = await newPage();
  await signIn(other, await newAgent());
  await other.goto(page.url());
  await expect(other.getByRole("heading", { name: "Nothing to answer here" })).toBeVisible();
  await page.getByRole("button", { name: "Refuse" }).click();
  await expect(page.getByRole("heading", { name: "Back in the app" })).toBeVisible();
  expect((await app.answer()).get("error")).toBe("access_denied");
  const human = await newPage();
  await signIn(human, await newHuman());
  await human.goto(app.link);
  await expect(human.getByRole("heading", { name: "This account cannot connect apps" })).toBeVisible();
  app.close();
});
