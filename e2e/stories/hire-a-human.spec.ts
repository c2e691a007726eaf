import { createHash } from "node:crypto";
import { bearer, serverUrl } from "../support/api.ts";
import { coffeeShops } from "../support/coffee-shops.ts";
import { balances, brokenInvariants, transfersOf } from "../support/ledger.ts";
import { type McpAgent, spawnAgent } from "../support/mcp.ts";
import { apply, chat, fromHeader, nextStep, receipt, say, searchTasks, signUp } from "../support/pages.ts";
import { PASSWORD, unique } from "../support/people.ts";
import { PLACE, takePhoto } from "../support/photo.ts";
import { expect, type Page, test } from "../support/test.ts";
import type {
  Applications,
  Messages,
  Registered,
  Settled,
  StoredFile,
  Task,
  TaskDetail,
  Wallet,
} from "../support/wire.ts";

const NOTE = "I live in Jing'an, can start tomorrow.";
const FIRST = "Three shops on Wukang Road, five pictures outside and five inside of each.";
const SECOND = "The third shop again, now with its five interior pictures.";
const REASON = "The third coffee shop has no interior photos: please add five, then submit it again.";

let agent: McpAgent;
test.beforeEach(async () => {
  agent = await spawnAgent();
});
test.afterEach(() => agent.close());

test("an agent hires a human over MCP, from the first word to the payout", { tag: "@phone" }, async ({
  page,
}) => {
  test.slow();
  const agentName = unique("PhotoBot");
  const owner = await test.step("the agent signs up and posts the task", () => signUpAgent(agentName));
  const task = await agent.call<Task>("create_task", coffeeShops());
  expect(task).toMatchObject({ status: "open", budget: 150, agentId: owner.user.id });

  const humanId = await test.step("a human signs up, finds it and applies", () =>
    findAndApply(page, agentName, task.id));
  await test.step("the agent chooses them", async () => {
    const chosen = await agent.call<Settled>("select_applicant", { taskId: task.id, humanId });
    expect(chosen).toMatchObject({ message: "Applicant selected", task: { status: "assigned", humanId } });
  });
  await test.step("they talk, both ways", () => talk(page, task.id));
  const photo = await test.step("the human sends proof with a photo", () => submit(page));
  await test.step("the agent reads all of it, and the photo's very bytes", () =>
    readProof(task.id, owner.apiKey.key, photo));
  await test.step("it rejects, the human reads why and submits again", () =>
    rejectAndResubmit(page, task.id));
  await test.step("it approves, and the escrow pays out", () => approve(page, task.id));
  await test.step("the books are right to the micro-unit", () => checkBooks(owner.user.id, humanId, task.id));
  await test.step("the human sees the money", () => seeMoney(page));
});

async function signUpAgent(agentName: string): Promise<Registered> {
  const email = `${agentName.toLowerCase()}@story.test`;
  const made = await agent.call<Registered>("register", { email, password: PASSWORD, agentName });
  expect(made.apiKey.permissions).toEqual(["tasks:read", "wallet:read", "messages:read"]);
  expect(await agent.call<Wallet>("get_wallet")).toMatchObject({ balance: 500, frozenBalance: 0 });
  return made;
}

async function findAndApply(page: Page, agentName: string, taskId: string): Promise<string> {
  const name = unique("Lin");
  await page.goto("/");
  await fromHeader(page, "Sign up");
  await signUp(page, "human", { name, email: `${name.toLowerCase()}@story.test`, password: PASSWORD });
  await expect(page.getByRole("heading", { level: 1, name: "Browse tasks" })).toBeVisible();
  await searchTasks(page, "coffee shops in Shanghai");
  await page
    .getByRole("article")
    .filter({ hasText: agentName })
    .getByRole("link", { name: "Photograph 3 coffee shops in Shanghai" })
    .click();
  await expect(page).toHaveURL(`/tasks/${taskId}`);
  await expect(receipt(page)).toContainText("149.985 $A9");
  await apply(page, NOTE);
  const { total, applications } = await agent.call<Applications>("list_applicants", { taskId });
  expect(total).toBe(1);
  expect(applications[0]).toMatchObject({ status: "pending", message: NOTE });
  return applications[0]?.humanId ?? "";
}

async function talk(page: Page, taskId: string) {
  await fromHeader(page, "My tasks");
  await page.getByRole("link", { name: "Photograph 3 coffee shops in Shanghai" }).click();
  await expect(nextStep(page)).toContainText("Your move");
  const question = "Could you start with Wukang Road? \u{1F4F7} <b>Daylight</b> would be best.";
  await agent.call("send_message", { taskId, content: question });
  await expect(chat(page).getByText(question)).toBeVisible();
  await expect(chat(page)).toContainText("AI agent");
  await say(page, "Yes, tomorrow at ten.\nThe light is good then.");
  await expect(page.getByLabel("Message")).toHaveValue("");
  await expect
    .poll(async () => (await agent.call<Messages>("get_messages", { taskId })).messages)
    .toEqual([
      expect.objectContaining({ senderRole: "agent", content: question }),
      expect.objectContaining({
        senderRole: "human",
        content: "Yes, tomorrow at ten.\nThe light is good then.",
      }),
    ]);
}

async function attach(page: Page, name: string, seed: number) {
  const photo = await takePhoto(page, name, seed);
  await page.getByLabel("Add files").setInputFiles(photo);
  await expect(page.getByRole("listitem").filter({ hasText: name })).toContainText("Uploaded");
  return photo;
}

async function submit(page: Page) {
  await page.getByLabel("What you did").fill(FIRST);
  await page.getByLabel("Links").fill("https://photos.example.com/wukang-road");
  const photo = await attach(page, "Kaffee Straße 1.jpg", 1);
  await page.getByRole("button", { name: "Submit proof" }).click();
  await expect(nextStep(page)).toContainText("The agent looks at your proof now");
  return photo;
}

async function readProof(taskId: string, key: string, photo: { name: string; buffer: Buffer }) {
  const { status, submission } = await agent.call<TaskDetail>("get_task", { taskId });
  expect(status).toBe("submitted");
  expect(submission).toMatchObject({ text: FIRST, links: ["https://photos.example.com/wukang-road"] });
  expect(submission?.files).toHaveLength(1);
  const file = submission?.files[0] as StoredFile;
  expect(photo.buffer.length).toBeGreaterThan(50_000);
  expect(photo.buffer.includes(PLACE)).toBe(true);
  expect(file).toMatchObject({ name: photo.name, type: "image/jpeg" });
  const reply = await fetch(serverUrl(file.url), { headers: bearer(key) });
  expect(reply.headers.get("content-type")).toBe("image/jpeg");
  const bytes = Buffer.from(await reply.arrayBuffer());
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(file.sha256);
  expect(bytes).toHaveLength(file.size);
  expect(bytes.length).toBeGreaterThan(50_000);
  expect(bytes.includes(PLACE)).toBe(false);
}

async function rejectAndResubmit(page: Page, taskId: string) {
  const rejected = await agent.call<Settled>("reject_submission", { taskId, reason: REASON });
  expect(rejected).toMatchObject({ message: "Submission rejected", task: { status: "rejected_by_agent" } });
  await expect(page.getByRole("region", { name: "Send it again" })).toContainText(REASON);
  await expect(page.getByLabel("What you did")).toHaveValue(FIRST);
  await page.getByLabel("What you did").fill(SECOND);
  await attach(page, "interior.jpg", 2);
  await page.getByRole("button", { name: "Submit again" }).click();
  await expect(nextStep(page)).toContainText("The agent looks at your proof now");
}

async function approve(page: Page, taskId: string) {
  const before = await agent.call<TaskDetail>("get_task", { taskId });
  expect(before.submission).toMatchObject({ text: SECOND, files: [{ name: "interior.jpg" }] });
  expect(before.submissions).toHaveLength(2);
  const { task, payment, message } = await agent.call<Settled>("approve_submission", { taskId });
  expect(task.status).toBe("completed");
  expect(message).toBe("Task approved and payment released");
  expect(payment).toEqual({ humanPayout: 149.985, platformFee: 0.015, total: 150 });
  const { history } = await agent.call<TaskDetail>("get_task", { taskId });
  expect(history.map(({ action, by }) => `${action} by ${by}`)).toEqual([
    "create by agent",
    "select by agent",
    "submit by human",
    "reject by agent",
    "resubmit by human",
    "approve by agent",
  ]);
  expect(history[3]?.reason).toBe(REASON);
  await expect(nextStep(page)).toContainText("Done, and paid");
}

async function checkBooks(agentId: string, humanId: string, taskId: string) {
  expect(await balances(agentId)).toEqual({ available: "350000000", held: "0" });
  expect(await balances(humanId)).toEqual({ available: "149985000", held: "0" });
  expect(await transfersOf(taskId)).toEqual([
    "escrow_lock 150000000",
    "escrow_release 149985000",
    "platform_fee 15000",
  ]);
  expect(await brokenInvariants()).toEqual([]);
  const wallet = await agent.call<Wallet>("get_wallet");
  expect(wallet).toMatchObject({ balance: 350, frozenBalance: 0, totalSpent: 150, currency: "$A9token" });
}

async function seeMoney(page: Page) {
  await fromHeader(page, "Wallet");
  await expect(page.getByRole("main")).toContainText("149.985 $A9");
  await page.getByRole("link", { name: /see the task/ }).click();
  await expect(receipt(page)).toContainText("Human paid, done");
}
