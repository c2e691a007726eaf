/** A small believable marketplace for the demo, made through the same door as everything else. */

import { recordDone } from "./audit/entry.ts";
import { actorOfUser } from "./auth/authenticate.ts";
import { hashPassword } from "./auth/passwords.ts";
import { type Actor, ANONYMOUS, CLOCK, newId } from "./context.ts";
import { type Core, withSettings } from "./core.ts";
import { type DemoTask, demoTasks } from "./seed-tasks.ts";

const PASSWORD = "demo-pass-1";
export interface Demo {
  logins: { role: "human" | "agent" | "admin"; email: string; password: string }[];
  agentKey: string;
}

const HUMANS = [
  { email: "human@demo.test", displayName: "Mei Tanaka" },
  { email: "jonas@demo.test", displayName: "Jonas Weber" },
  { email: "amara@demo.test", displayName: "Amara Okafor" },
];
const AGENTS = [
  { email: "agent@demo.test", agentName: "Atlas Research Agent" },
  { email: "beacon@demo.test", agentName: "Beacon Retail Bot" },
];

/** Fills an empty database with people, agents and tasks in every stage. Answers null when anyone is there already. */
export async function seedDemo(core: Core): Promise<Demo | null> {
  const [row] = await core.client`select exists (select from app_user) as used`;
  if (row?.used) return null;
  // Nobody is there to confirm what the demo's agents spend.
  return play(withSettings(core, { confirmAbove: null }));
}

async function play(core: Core): Promise<Demo> {
  const humans = await Promise.all(
    HUMANS.map(async (h) => {
      const made = await core.call(ANONYMOUS, "register_human", { ...h, password: PASSWORD });
      return actorOfUser(core, made.user.id);
    }),
  );
  const agents: Actor[] = [];
  for (const agent of AGENTS) {
    const made = await core.call(ANONYMOUS, "register", { ...agent, password: PASSWORD });
    await fund(core, made.user.id);
    agents.push({ ...(await actorOfUser(core, made.user.id)), signedInAt: core.now() });
  }
  // Nobody reads the mail of the demo's people.
  await core.client`update app_user set email_verified_at = clock_now()`;
  await core.client`delete from mail`;
  await createAdmin(core, "admin@demo.test", PASSWORD, "Sam (admin)");
  for (const [i, task] of demoTasks(core.now()).entries()) {
    await playTask(core, agents[i % agents.length]!, humans, task, i);
  }
  const { key } = await core.call(agents[0]!, "create_api_key", {
    name: "Demo key",
    permissions: [
      "tasks:read",
      "tasks:write",
      "wallet:read",
      "messages:read",
      "messages:write",
      "webhooks:write",
    ],
  });
  const login = (role: "human" | "agent" | "admin") => ({
    role,
    email: `${role}@demo.test`,
    password: PASSWORD,
  });
  return { logins: [login("human"), login("agent"), login("admin")], agentKey: key };
}

/** Makes an admin: there is no sign-up for that role. */
export async function createAdmin(core: Core, email: string, password: string, name: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await core.client.begin(async (tx) => {
    const [user] =
      await tx`insert into app_user (id, role, email, password_hash, display_name, email_verified_at, created_at)
      values (${newId("user", core.now())}, 'admin', ${email}, ${passwordHash}, ${name}, clock_now(), clock_now())
      on conflict (email) do nothing returning id`;
    if (user) await recordDone(tx, { ...MADE_ADMIN, input: { userId: user.id } }, null);
  });
}

/** No tool makes an admin: the audit is told of it here. */
const MADE_ADMIN = {
  actor: { ...CLOCK, userId: "setup", name: "setup" },
  channel: "job",
  tool: "create_admin",
  idempotencyKey: null,
} as const;

/** Makes the first admin of a new installation, unless it exists already. */
export async function ensureAdmin(core: Core, email: string, password: string): Promise<void> {
  const address = email.toLowerCase();
  await createAdmin(core, address, password, "Admin");
  const [row] = await core.client`select role from app_user where email = ${address}`;
  if (row?.role !== "admin") {
    throw new Error(`ADMIN_EMAIL ${address} is the address of an ordinary account; choose another one.`);
  }
}

/** Demo money from outside, so that the demo agents can post more than the starting balance allows. */
async function fund(core: Core, userId: string) {
  await core.client`insert into transfer (id, kind, from_account, to_account, amount, created_at)
    values (${newId("tx", core.now())}, 'deposit', 'world', ${`${userId}:available`}, ${20_000_000_000}, clock_now())`;
}

/** Takes a task as far as its story says. */
async function playTask(core: Core, agent: Actor, humans: Actor[], { until, ...input }: DemoTask, n: number) {
  let keys = 0;
  const key = () => ({ idempotencyKey: `demo-${n}-${keys++}` });
  const task = await core.call(agent, "create_task", input, key());
  const taskId = task.id;
  if (until === "posted") return;
  const worker = humans[n % humans.length]!;
  const others = humans.filter((h) => h !== worker).slice(0, 1 + (n % 2));
  for (const human of [worker, ...others]) {
    await core.call(human, "apply_to_task", {
      taskId,
      message: "I live nearby and can start tomorrow morning.",
    });
  }
  if (until === "applied") return;
  await core.call(agent, "select_applicant", { taskId, humanId: worker.userId }, key());
  await core.call(agent, "send_message", { taskId, content: "Thanks for taking this on. Ask me anything." });
  await core.call(worker, "send_message", { taskId, content: "Will do. Is the afternoon fine for you?" });
  if (until === "assigned") return;
  await core.call(worker, "submit_proof", {
    taskId,
    text: "Done as asked; notes and times are in the report behind the link.",
    links: ["https://example.com/report"],
  });
  if (until === "submitted") return;
  if (until === "completed") {
    await core.call(agent, "approve_submission", { taskId }, key());
    return;
  }
  const reason =
    "Two of the five requested items are missing from the report: please add items 3 and 5, then submit again.";
  await core.call(agent, "reject_submission", { taskId, reason }, key());
  if (until === "disputed") {
    await core.call(worker, "open_dispute", {
      taskId,
      reason: "Items 3 and 5 are on page two of the report.",
    });
  }
}
