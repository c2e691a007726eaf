/** The pages under their content security policy: nothing of ours breaks it, and nothing of others' gets by it. */

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serverUrl, tool } from "../support/api.ts";
import { startApp } from "../support/apps.ts";
import { askForApproval } from "../support/asked.ts";
import { confirmAddress } from "../support/ledger.ts";
import { answer, dialog, fillSignIn, signIn } from "../support/pages.ts";
import { assignedTask, demo, newAgent, newHuman, newTask, submittedTask } from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";

const app = fileURLToPath(new URL("../../apps/web/src/app", import.meta.url));
/** Every page of the app as a pattern: `/tasks/[id]`, without the groups in brackets. */
const routes = readdirSync(app, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map((file) =>
    `/${file.replace(/\/?page\.tsx$/, "").replace(/\([^)]+\)\/?/g, "")}`.replace(/(.)\/$/, "$1"),
  );
const seen = new Set<string>();

async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (e) => {
      console.error(`policy: ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile} ${e.sample}`);
    });
  });
}

/** Opens each; a breach would be an error in the console, which fails the story. */
async function visit(page: Page, paths: Record<string, string>) {
  for (const [route, path] of Object.entries(paths)) {
    const reply = await page.goto(path);
    const policy = reply?.headers()["content-security-policy"];
    expect(policy, path).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic';/);
    expect(reply?.headers()["cache-control"], path).toContain("no-store");
    await page.waitForLoadState("networkidle");
    seen.add(route);
  }
}

test("every page keeps its policy, dialogs, theme and news included", async ({ page, newPage }) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const [open, assigned] = await Promise.all([newTask(agent), assignedTask(agent, human)]);
  const submitted = await submittedTask(agent, human);
  await watch(page);
  await visit(page, { "/": "/", "/tasks": "/tasks", "/login": "/login", "/signup": "/signup?as=agent" });
  await visit(page, {
    "/forgot-password": "/forgot-password",
    "/reset-password": "/reset-password",
    "/verify-email": "/verify-email",
    "/privacy": "/privacy",
  });
  await visit(page, {
    "/docs": "/docs",
    "/docs/[guide]": "/docs/webhooks",
    "/docs/errors": "/docs/errors",
    "/docs/lifecycle": "/docs/lifecycle",
    "/docs/tools": "/docs/tools",
    "/docs/tools/[name]": "/docs/tools/create_task",
  });
  const asked = { question: "Which name is better?", waitSeconds: 0 };
  const { questionId } = await tool<{ questionId: string }>("ask_human", asked, agent.token);
  await visit(page, {
    "/tasks/[id]": `/tasks/${open.id}`,
    "/questions/[id]": `/questions/${questionId}`,
    "/agent/connect": "/agent/connect",
    none: "/none",
  });
  await page.goto("/login?next=/my");
  await fillSignIn(page, human);
  await expect(page).toHaveURL("/my");
  await visit(page, {
    "/my": "/my",
    "/wallet": "/wallet",
    "/account": "/account",
    "/tasks/[id]": `/tasks/${assigned.id}`,
  });
  await page.getByRole("button", { name: "Switch between light and dark" }).click();
  await page.getByRole("button", { name: "Give up task" }).click();

  const owner = await newPage();
  await watch(owner);
  await signIn(owner, agent);
  await visit(owner, { "/agent": "/agent", "/agent/new": "/agent/new", "/agent/keys": "/agent/keys" });
  await owner.getByRole("button", { name: "Create key", exact: true }).click();
  await expect(dialog(owner)).toBeVisible();
  const hook = { url: "http://127.0.0.1:9/" };
  const { id: webhookId } = await tool<{ id: string }>("create_webhook", hook, agent.token);
  await visit(owner, {
    "/agent/webhooks": "/agent/webhooks",
    "/agent/webhooks/[id]": `/agent/webhooks/${webhookId}`,
    "/agent/audit": "/agent/audit",
    "/agent/tasks/[id]": `/agent/tasks/${submitted.id}`,
  });
  await confirmAddress(agent.id);
  const { approvalId } = await askForApproval(agent.token);
  await visit(owner, {
    "/agent/approvers": "/agent/approvers",
    "/approve/[id]": `/approve/${approvalId}`,
    "/approve/link": "/approve/link",
  });
  const app = await startApp("An app");
  await visit(owner, { "/oauth/consent/[id]": app.link });
  app.close();
  await owner.goto(`/agent/tasks/${submitted.id}`);
  await owner.getByRole("button", { name: "Approve and pay", exact: true }).click();
  await answer(owner, "Release payment");
  // The page was rendered anew within the same document, where only its first nonce counts.
  await owner.getByRole("button", { name: "Switch between light and dark" }).click();
  await owner.goto(`/agent/tasks/${open.id}`);
  await owner.getByRole("button", { name: "Cancel task" }).click();
  await expect(dialog(owner)).toBeVisible();

  const desk = await newPage();
  await watch(desk);
  await signIn(desk, await demo("admin"));
  const admin = ["", "/risk", "/disputes", "/reports", "/users", "/audit", "/health"].map(
    (p) => `/admin${p}`,
  );
  await visit(desk, Object.fromEntries(admin.map((path) => [path, path])));
  await visit(desk, { "/admin/users/[id]": `/admin/users/${agent.id}` });
  expect(routes.length).toBeGreaterThan(10);
  expect(
    routes.filter((route) => !seen.has(route)),
    "pages that this story does not visit",
  ).toEqual([]);
});

const INJECTED = `
  <script>window.owned = "inline"</script>
  <script src="data:text/javascript,window.owned='data'"></script>
  <script src="/api/v1/health"></script>
  <script nonce="guess">window.owned = "guess"</script>
  <img src="/none.png" onerror="window.owned='handler'">
  <a id="link" href="javascript:window.owned='link'">x</a>
  <iframe srcdoc="<script>parent.owned='frame'</script>"></iframe>
  <form id="form" action="https://evil.test/"><input name="a"></form>
  <base href="https://evil.test/">`;

test("what gets into a page's HTML does not run, and sends nothing elsewhere", async ({ page, faults }) => {
  await page.route("**/tasks", async (route) => {
    const response = await route.fetch();
    // Bare, as the framework would clean up after us.
    await route.fulfill({ response, body: `<!doctype html><title>Tasks</title>${INJECTED}` });
  });
  const broken: string[] = [];
  page.on("console", (m) => m.text().includes("Content Security Policy") && broken.push(m.text()));
  await page.goto("/tasks");
  await page.locator("#link").evaluate((a: HTMLElement) => a.click());
  await page.locator("#form").evaluate((form: HTMLFormElement) => form.submit());
  await page.waitForLoadState("networkidle");
  expect(await page.evaluate(() => ("owned" in window ? window.owned : "nothing"))).toBe("nothing");
  expect(await page.evaluate(() => document.baseURI)).toMatch(/\/tasks$/);
  const named = (directive: string) =>
    expect(
      broken.some((b) => b.includes(directive)),
      directive,
    ).toBe(true);
  for (const directive of [
    "inline script",
    "data:text",
    "event handler",
    "JavaScript URL",
    "form-action",
    "base-uri",
  ]) {
    named(directive);
  }
  faults.length = 0;
});

test("a form of another site changes nothing, and ours still work", async ({ page }) => {
  const human = await newHuman();
  await signIn(page, human, "/my");
  const before = await page.context().cookies();
  expect(before.find((c) => c.name.endsWith("session-token"))).toMatchObject({
    httpOnly: true,
    sameSite: "Lax",
  });
  await page.route("https://evil.test/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${new URL("/api/auth/signout", page.url()).href}"><input name="csrfToken"></form>`,
    }),
  );
  await page.goto("https://evil.test/");
  const [reply] = await Promise.all([
    page.waitForResponse((r) => r.url().endsWith("/api/auth/signout")),
    page.locator("form").evaluate((form: HTMLFormElement) => form.submit()),
  ]);
  expect(reply.status()).toBe(403);
  await page.waitForURL("**/api/auth/signout");
  await page.goto("/my");
  await expect(page).toHaveURL("/my");
});

const INSIDE = /node_modules|\.next\/|\.[cm]?[jt]s:\d|\n\s+at |postgres|ECONN/;

test("what is broken on purpose tells nothing of the inside, and leads nowhere else", async ({ page }) => {
  const { request } = page;
  const action = (headers: object) => ({ headers: { "content-type": "text/plain", ...headers }, data: "[" });
  const replies = [
    await request.post("/tasks", action({ "next-action": "0".repeat(42) })),
    await request.post("/tasks", action({ "next-action": "../../x" })),
    await request.post("/tasks", action({ "next-router-state-tree": "%zz", rsc: "1" })),
    await request.get("/tasks", { headers: { "next-router-state-tree": "[", rsc: "1" } }),
    await request.get("/tasks?search=%00&page=1e99&status=%ff"),
    await request.get("/tasks/%00"),
    await request.get("/_next/static/..%2f..%2f..%2fpackage.json"),
    await request.get("/_next/image?url=https%3A%2F%2Fevil.test%2Fx.png&w=64&q=75"),
    await request.post("/api/auth/callback/credentials", {
      data: "{",
      headers: { "content-type": "text/json" },
    }),
    await request.get("/api/auth/error?error=%3Cscript%3E"),
    await request.get("/api/auth/constructor"),
  ];
  for (const reply of replies) {
    expect(await reply.text(), reply.url()).not.toMatch(INSIDE);
    expect(new URL(reply.url()).host).toBe(new URL(serverUrl()).host);
    expect(reply.headers(), reply.url()).toMatchObject({ "x-content-type-options": "nosniff" });
    expect(reply.headers()["x-powered-by"], reply.url()).toBeUndefined();
  }
  const evil = "https://evil.test/";
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  const out = { form: { csrfToken, callbackUrl: evil }, maxRedirects: 0 };
  expect((await request.post("/api/auth/signout", out)).headers().location ?? "").not.toContain("evil");
  const start = await request.get(`/api/auth/signin?callbackUrl=${encodeURIComponent(evil)}`, {
    maxRedirects: 0,
  });
  expect(start.headers()["set-cookie"] ?? "").not.toContain("evil");
  await page.goto(`/api/auth/signin?callbackUrl=${encodeURIComponent(evil)}`);
  expect(new URL(page.url()).host).toBe(new URL(serverUrl()).host);
});
