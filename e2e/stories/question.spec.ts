/** An agent asks people over MCP; they answer in the browser, and are paid by themselves. */

import { tool } from "../support/api.ts";
import { brokenInvariants } from "../support/ledger.ts";
import { type McpAgent, spawnAgent } from "../support/mcp.ts";
import { searchTasks, signIn } from "../support/pages.ts";
import { newHuman, PASSWORD, type Person, unique } from "../support/people.ts";
import { expect, type Page, test } from "../support/test.ts";
import type { Registered, Wallet } from "../support/wire.ts";

interface Stand {
  questionId: string;
  status: string;
  received: number;
  answers: { humanId: string; answer: unknown; state: string }[];
  agreement: { field: string; majority: unknown; share: number }[];
  cost: { spent: number; held: number };
}

const FORM = {
  type: "object",
  properties: {
    choice: { type: "string", enum: ["Glowworm", "Moodlight"], title: "Which name is better?" },
    sure: { type: "boolean", title: "Would you want one?" },
    height: { type: "number", minimum: 1, maximum: 500, title: "How high should it be, in cm?" },
    colours: {
      type: "array",
      items: { type: "string", enum: ["warm", "cold", "coloured"] },
      maxItems: 2,
      title: "Which light?",
    },
    why: { type: "string", maxLength: 500, title: "Why?" },
  },
  required: ["choice", "sure", "why"],
};

let agent: McpAgent;
test.beforeEach(async () => {
  agent = await spawnAgent();
});
test.afterEach(() => agent.close());

async function newAsker() {
  const agentName = unique("Asker");
  const email = `${agentName.toLowerCase()}@story.test`;
  await agent.call<Registered>("register", { email, password: PASSWORD, agentName });
}

async function takePlace(page: Page, title: string, human: Person) {
  await signIn(page, human);
  await page.goto("/tasks");
  await searchTasks(page, title);
  const card = page.getByRole("article").filter({ hasText: title });
  await expect(card).toContainText("Question, about 1 min");
  await expect(card).toContainText("Answer at once, no applying");
  await card.getByRole("link", { name: title }).click();
  await expect(page).toHaveURL(/\/questions\/question_/);
  await page.getByRole("button", { name: "Answer this question" }).click();
  await expect(page.getByText("Your place is held for you.")).toBeVisible();
}

test("an agent asks with a form, waits, and a person answers", { tag: "@phone" }, async ({ page }) => {
  await newAsker();
  const human = await newHuman();
  const title = unique("A name for a lamp");
  const asking = agent.call<Stand>("ask_human", {
    title,
    question: "This lamp changes its light with the mood in the room. Which of these two names is better?",
    context: "It is a small lamp for living rooms.",
    answerSchema: FORM,
    reward: 2,
    payAfterHours: 0,
    waitSeconds: 50,
  });
  await test.step("they find it and take a place", () => takePlace(page, title, human));
  await test.step("what is missing is said at its field", async () => {
    await page.getByLabel("How high should it be, in cm? (optional)").fill("1000");
    await page.getByRole("button", { name: "Send answer" }).click();
    await expect(page.getByText("This is required.")).toHaveCount(2);
    await expect(page.getByText("This must not be empty.")).toBeVisible();
    await expect(page.getByText("This must be at most 500.")).toBeVisible();
    await expect(page.getByLabel("Glowworm")).toBeFocused();
  });
  await test.step("they answer", async () => {
    await page.getByLabel("Glowworm").check();
    await page.getByLabel("Yes").check();
    await page.getByLabel("How high should it be, in cm? (optional)").fill("49.5");
    await page.getByLabel("warm").check();
    await page.getByLabel("Why?").fill("It is shorter, and it glows.");
    await page.getByRole("button", { name: "Send answer · 1.9998 $A9" }).click();
    await expect(
      page.getByRole("heading", { name: /Your answer was sent|Answered, and paid/ }),
    ).toBeVisible();
  });
  await test.step("the agent has it", async () => {
    const stand = await asking;
    expect(stand).toMatchObject({ status: "answered", received: 1 });
    expect(stand.answers[0]).toMatchObject({
      humanId: human.id,
      answer: {
        choice: "Glowworm",
        sure: true,
        height: 49.5,
        colours: ["warm"],
        why: "It is shorter, and it glows.",
      },
    });
    expect(stand.agreement[0]).toMatchObject({ field: "choice", majority: "Glowworm", share: 1 });
  });
  await test.step("and the person the money", async () => {
    await expect(page.getByRole("heading", { name: "Answered, and paid" })).toBeVisible();
    expect(await tool<Wallet>("get_wallet", {}, human.token)).toMatchObject({ balance: 1.9998 });
    expect(await brokenInvariants()).toEqual([]);
  });
});

test("by keyboard alone, in words, after another person gave the place back", async ({ page }) => {
  await newAsker();
  const [first, human] = [await newHuman(), await newHuman()];
  const title = unique("Is this sentence polite");
  const hostile = `<img src=x onerror="document.title='owned'"> ${title}`;
  const { questionId } = await agent.call<Stand>("ask_human", {
    title,
    question: hostile,
    payAfterHours: 0,
    waitSeconds: 0,
  });
  await tool("claim_question", { questionId }, first.token);
  await signIn(page, human);
  await page.goto(`/questions/${questionId}`);
  await expect(page.getByText("Every place is taken.")).toBeVisible();
  const { mine } = await tool<{ mine: { taskId: string } }>("get_question", { questionId }, first.token);
  await tool("give_up_task", { taskId: mine.taskId, reason: "I cannot." }, first.token);
  await page.reload();
  await page.getByRole("button", { name: "Answer this question" }).press("Enter");
  await page.getByLabel("Your answer").focus();
  await page.keyboard.type("It is polite.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Answered, and paid" })).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(title));
  const stand = await agent.call<Stand>("check_question", { questionId });
  expect(stand).toMatchObject({ status: "answered", answers: [{ answer: "It is polite.", state: "paid" }] });
  expect(stand.cost).toMatchObject({ spent: 1, held: 0 });
});
