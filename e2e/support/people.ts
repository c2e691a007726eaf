/** Accounts made over the API, for stories that are about something else than signing up. */

import { randomBytes } from "node:crypto";
import { tool } from "./api.ts";
import type { Registered, Session, Task } from "./wire.ts";

export interface Person {
  id: string;
  name: string;
  email: string;
  password: string;
  token: string;
}

export const PASSWORD = "steady-Hands-7";
export const unique = (word: string) => `${word}-${randomBytes(4).toString("hex")}`;
export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

function account(word: string) {
  const name = unique(word);
  return { name, email: `${name.toLowerCase()}@story.test`, password: PASSWORD };
}

export async function newHuman(): Promise<Person> {
  const made = account("Human");
  const { email, password, name: displayName } = made;
  const { user, idToken } = await tool<Session>("register_human", { email, password, displayName });
  return { ...made, id: user.id, token: idToken };
}

export async function newAgent(): Promise<Person & { readKey: string }> {
  const made = account("Agent");
  const { email, password, name: agentName } = made;
  const { user, idToken, apiKey } = await tool<Registered>("register", { email, password, agentName });
  return { ...made, id: user.id, token: idToken, readKey: apiKey.key };
}

const DEMO_PASSWORD = "demo-pass-1";

export async function demo(who: "agent" | "admin"): Promise<Person> {
  const email = `${who}@demo.test`;
  const { user, idToken } = await tool<Session>("login", { email, password: DEMO_PASSWORD });
  return { id: user.id, name: user.displayName, email, password: DEMO_PASSWORD, token: idToken };
}

export const newTask = (agent: Person, over: Record<string, unknown> = {}) =>
  tool<Task & { title: string }>(
    "create_task",
    {
      title: unique("Count the benches in the park"),
      description: "Walk through the park once and count the benches along the main path.",
      category: "field_operations",
      budget: 40,
      deadline: inDays(3),
      urgency: "low",
      location: "Porto, Portugal",
      ...over,
    },
    agent.token,
  );

/** A task of the agent's that the human has been chosen for. */
export async function assignedTask(agent: Person, human: Person, over: Record<string, unknown> = {}) {
  const task = await newTask(agent, over);
  await tool("apply_to_task", { taskId: task.id, message: "I pass there every day." }, human.token);
  await tool("select_applicant", { taskId: task.id, humanId: human.id }, agent.token);
  return task;
}

export async function submittedTask(agent: Person, human: Person, over: Record<string, unknown> = {}) {
  const task = await assignedTask(agent, human, over);
  await tool("submit_proof", { taskId: task.id, text: "There are 41 benches." }, human.token);
  return task;
}

export const REASON =
  "The count is there, but not the photo of the first and the last bench that was asked for.";

export async function rejectedTask(agent: Person, human: Person, over: Record<string, unknown> = {}) {
  const task = await submittedTask(agent, human, over);
  await tool("reject_submission", { taskId: task.id, reason: REASON }, agent.token);
  return task;
}
