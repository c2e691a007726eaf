/** Each code that the API can answer with: its HTTP status and the contract's shape. */

import { expect, test } from "vitest";
import { coffeeShops, expectRefusal, type Person, startApi, withKey } from "./api.ts";

const ADMIN = { email: "boss@example.com", password: "boss-pass-1" };
const api = await startApi({
  ADMIN_EMAIL: "Boss@Example.com",
  ADMIN_PASSWORD: ADMIN.password,
  HIGH_BUDGET_REVIEW: "400",
  MAX_APPLICATIONS: "1",
});
const [agent, human] = await Promise.all([api.agent(), api.human()]);
const admin = (await api.call("login", ADMIN)).body.result.idToken as string;
const taskId = (await api.call("create_task", coffeeShops({ budget: 100 }), withKey(agent))).body.result.id;

const as = (who: Person | string) => ({ as: who });
const money = (tool: string, input: object) => api.call(tool, input, withKey(agent));
const REASON = "Two of the three shops are missing, please add photos of them.";

test("400 VALIDATION_ERROR, MCP_ERROR", async () => {
  expectRefusal(await api.call("get_task", {}, as(agent)), 400, "VALIDATION_ERROR", "taskId: is required");
  expectRefusal(await api.call("fly", {}, as(agent)), 400, "MCP_ERROR", /no tool named "fly"/);
  const soon = coffeeShops({ deadline: new Date(Date.now() + 60_000).toISOString() });
  expectRefusal(await money("create_task", soon), 400, "VALIDATION_ERROR", /^deadline: /);
});

test("400 for the credentials of a sign-up", async () => {
  const register = (over: object) =>
    api.call("register", { email: "a@example.com", password: "correct-horse-1", ...over });
  expectRefusal(await register({ email: "nobody" }), 400, "INVALID_EMAIL");
  expectRefusal(await register({ password: "short1" }), 400, "WEAK_PASSWORD");
  expectRefusal(await register({ password: "onlyletters" }), 400, "WEAK_PASSWORD");
  expectRefusal(await register({ email: agent.email.toUpperCase() }), 409, "EMAIL_EXISTS");
});

test("400 for what a task may not be, and how it is rejected", async () => {
  const bad = coffeeShops({ description: "Write a fake review" });
  expectRefusal(await money("create_task", bad), 400, "RISK_GATE_BLOCKED", /honest opinion/);
  const short = money("reject_submission", { taskId, reason: "No." });
  expectRefusal(await short, 400, "REASON_TOO_SHORT", /min 50/);
  const long = api.call("send_message", { taskId, content: "x".repeat(2001) }, as(agent));
  expectRefusal(await long, 400, "CONTENT_TOO_LONG", /2000/);
  const token = { taskId, confirmationToken: "ctk_unknown" };
  expectRefusal(await money("cancel_task", token), 400, "CONFIRMATION_INVALID");
});

test("401 UNAUTHORIZED, AUTH_FAILED", async () => {
  const missing = await api.call("get_wallet");
  expectRefusal(missing, 401, "UNAUTHORIZED", /Bearer sk_live_/);
  expect(missing.headers.get("www-authenticate")).toBe("Bearer");
  const wrong = api.call("login", { email: agent.email, password: "wrong-horse-1" });
  expectRefusal(await wrong, 401, "AUTH_FAILED");
  expectRefusal(await api.call("login", { email: "x@example.com", password: "y" }), 401, "AUTH_FAILED");
});

test("403 FORBIDDEN, USER_SUSPENDED", async () => {
  expectRefusal(await money("review_task", { taskId, decision: "approve" }), 403, "FORBIDDEN", /Only admin/);
  expectRefusal(await api.call("create_task", coffeeShops(), withKey(human)), 403, "FORBIDDEN", /Only agent/);
  const other = await api.agent();
  expectRefusal(await api.call("cancel_task", { taskId }, withKey(other)), 403, "FORBIDDEN", /owner/);
  await api.sql`update app_user set suspended_at = now() where id = ${other.id}`;
  expectRefusal(await api.call("get_wallet", {}, as(other)), 403, "USER_SUSPENDED");
  const login = api.call("login", { email: other.email, password: "correct-horse-1" });
  expectRefusal(await login, 403, "USER_SUSPENDED");
});

test("404 for tasks, keys, files and addresses", async () => {
  const gone = await api.call("get_task", { taskId: "task_xyz" }, as(agent));
  expect(gone.body.error.message).toBe('Task "task_xyz" not found');
  expectRefusal(gone, 404, "TASK_NOT_FOUND");
  expectRefusal(await api.call("revoke_api_key", { keyId: "key_x" }, as(agent)), 404, "KEY_NOT_FOUND");
  expectRefusal(await api.send("/api/v1/files/file_x", as(agent)), 404, "FILE_NOT_FOUND");
  expectRefusal(
    await api.send("/api/v1/nowhere"),
    404,
    "NOT_FOUND",
    /Nothing is served at \/api\/v1\/nowhere/,
  );
  expectRefusal(await api.send("/api/v1/"), 404, "NOT_FOUND");
  expectRefusal(await api.send("/api/v1/files/a/b", as(agent)), 404, "NOT_FOUND");
});

test.each([
  ["GET", "/api/v1/mcp", "POST"],
  ["DELETE", "/api/v1/mcp", "POST"],
  ["PUT", "/api/v1/mcp", "POST"],
  ["OPTIONS", "/api/v1/mcp", "POST"],
  ["HEAD", "/api/v1/mcp", "POST"],
  ["GET", "/api/v1/files", "POST"],
  ["DELETE", "/api/v1/files/file_x", "GET"],
  ["POST", "/api/v1/health", "GET"],
])("405 for %s %s, with what to use", async (method, path, use) => {
  const answer = await api.send(path, { method });
  expect(answer.headers.get("allow")).toBe(use);
  if (method === "HEAD") return expect(answer.status).toBe(405);
  expectRefusal(answer, 405, "METHOD_NOT_ALLOWED", `${method} is not served here; use ${use}.`);
});

test("409 for a wallet, an applicant and an escrow that are not there", async () => {
  const dear = coffeeShops({ budget: 401 });
  const refused = await money("create_task", dear);
  expectRefusal(refused, 409, "INSUFFICIENT_BALANCE", "The wallet holds 400 $A9, this task needs 401 $A9");
  const nobody = money("select_applicant", { taskId, humanId: human.id });
  expectRefusal(await nobody, 409, "NO_PENDING_APPLICATION");
  const hello = api.call("send_message", { taskId, content: "hello" }, as(agent));
  expectRefusal(await hello, 409, "NOT_ASSIGNED");
});

test("409 for a task in another status, and for applying twice or too late", async () => {
  expectRefusal(
    await money("approve_submission", { taskId }),
    409,
    "INVALID_STATUS",
    /is open; .* submitted/,
  );
  expectRefusal(await money("reject_submission", { taskId, reason: REASON }), 409, "INVALID_STATUS");
  const apply = (who: Person) => api.call("apply_to_task", { taskId, message: "I can." }, as(who));
  expect((await apply(human)).status).toBe(200);
  expectRefusal(await apply(human), 409, "ALREADY_APPLIED");
  expectRefusal(await apply(await api.human()), 409, "APPLICATIONS_FULL");
});

test("403 for the clock's own tools", async () => {
  expectRefusal(await api.call("expire_task", { taskId }, as(agent)), 403, "FORBIDDEN", /Only clock/);
  expectRefusal(await api.call("close_task", { taskId }, as(admin)), 403, "FORBIDDEN", /Only clock/);
});

test("a task in review is a reply, not an error; an admin decides on it", async () => {
  const rich = await api.agent();
  const made = await api.call("create_task", coffeeShops({ budget: 450 }), withKey(rich));
  expect([made.status, made.body.result.status]).toEqual([200, "pending_review"]);
  const review = { taskId: made.body.result.id, decision: "decline", reason: "Too vague." };
  expect((await api.call("review_task", review, as(admin))).body.result.task.status).toBe("expired");
});
