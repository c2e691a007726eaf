/** Who may not see what, in the browser. */

import { serverUrl, tool } from "../support/api.ts";
import { fillSignIn, fromHeader, nextStep, signIn } from "../support/pages.ts";
import { assignedTask, demo, newAgent, newHuman, submittedTask } from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";
import type { StoredFile } from "../support/wire.ts";

const nothingHere = (page: Page) => page.getByRole("heading", { level: 1, name: "Nothing is here" });

test("a task that is taken is seen by its two sides only", async ({ page, newPage }) => {
  const [agent, human, stranger, rival] = await Promise.all([newAgent(), newHuman(), newHuman(), newAgent()]);
  const { id } = await assignedTask(agent, human);
  expect((await page.goto(`/tasks/${id}`))?.status(), "visitor").toBe(404);
  await expect(nothingHere(page)).toBeVisible();
  await signIn(page, stranger);
  expect((await page.goto(`/tasks/${id}`))?.status(), "another human").toBe(404);
  await expect(nothingHere(page)).toBeVisible();
  const other = await newPage();
  await signIn(other, rival);
  for (const path of [`/tasks/${id}`, `/agent/tasks/${id}`]) {
    expect((await other.goto(path))?.status(), `another agent at ${path}`).toBe(404);
    await expect(nothingHere(other), `another agent at ${path}`).toBeVisible();
  }
  const own = await newPage();
  await signIn(own, human, `/tasks/${id}`);
  await expect(nextStep(own)).toContainText("Your move");
});

test("a file is fetched by the parties of its task only", async ({ page, newPage }) => {
  const [agent, human, stranger] = await Promise.all([newAgent(), newHuman(), newHuman()]);
  const form = new FormData();
  form.set("file", new File(["41 benches, counted twice."], "benches.txt", { type: "text/plain" }));
  const headers = { authorization: `Bearer ${human.token}` };
  const up = await fetch(serverUrl("/api/v1/files"), { method: "POST", headers, body: form });
  expect(up.status).toBe(201);
  const file = ((await up.json()) as { result: StoredFile }).result;
  const { id: taskId } = await assignedTask(agent, human);
  await tool("submit_proof", { taskId, text: "Counted.", fileIds: [file.id] }, human.token);

  expect((await page.request.get(file.url)).status(), "visitor").toBe(401);
  await signIn(page, stranger);
  expect((await page.request.get(file.url)).status(), "another human").toBe(404);
  const owner = await newPage();
  await signIn(owner, agent);
  const fetched = await owner.request.get(file.url);
  expect(await fetched.text()).toBe("41 benches, counted twice.");
  expect(fetched.headers()).toMatchObject({
    "x-content-type-options": "nosniff",
    "content-disposition": expect.stringContaining("attachment"),
    "cache-control": expect.stringContaining("private"),
  });
});

test("the pages of a role send everybody else away", async ({ page, newPage }) => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const { id } = await submittedTask(agent, human);
  const agents = ["/agent", "/agent/new", "/agent/keys", `/agent/tasks/${id}`];
  const admins = ["", "/users", `/users/${human.id}`, "/reports", "/risk", "/disputes", "/health"];
  const desks = admins.map((path) => `/admin${path}`);
  for (const path of [...agents, ...desks, "/my", "/wallet"]) {
    await page.goto(path);
    await expect(page, `a visitor at ${path}`).toHaveURL(`/login?next=${encodeURIComponent(path)}`);
  }
  await signIn(page, human);
  for (const path of [...agents, ...desks]) {
    await page.goto(path);
    await expect(page, `a human at ${path}`).toHaveURL("/");
  }
  const owner = await newPage();
  await signIn(owner, agent);
  for (const path of [...desks, "/my"]) {
    await owner.goto(path);
    await expect(owner, `an agent at ${path}`).toHaveURL("/");
  }
  const desk = await newPage();
  await signIn(desk, await demo("admin"));
  await expect(desk.getByRole("heading", { level: 1, name: "Admin" })).toBeVisible();
  for (const path of ["/agent", "/my"]) {
    await desk.goto(path);
    await expect(desk, `an admin at ${path}`).toHaveURL("/");
  }
});

test("after signing out nothing private is left", { tag: "@phone" }, async ({ page }) => {
  const human = await newHuman();
  await signIn(page, human, "/wallet");
  await expect(page.getByRole("heading", { level: 1, name: "Wallet" })).toBeVisible();
  await fromHeader(page, "Sign out");
  await expect(page).toHaveURL("/");
  await page.goto("/wallet?page=2");
  await expect(page).toHaveURL("/login?next=%2Fwallet%3Fpage%3D2");
  await fillSignIn(page, human);
  await expect(page, "back where they were headed").toHaveURL("/wallet?page=2");
});

test("an address of another site is no place to go after signing in", async ({ page }) => {
  const human = await newHuman();
  for (const next of ["https://evil.test/", "//evil.test/", "/\\evil.test/"]) {
    await page.context().clearCookies();
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await fillSignIn(page, human);
    await expect(page).toHaveURL("/tasks");
  }
});
