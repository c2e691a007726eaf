/** An agent and a human with one private object of each kind, and words in every text of theirs that nobody else may read. */

import type { Actor } from "../src/context.ts";
import { verify } from "./approvals.ts";
import { asked, connected } from "./apps.ts";
import { answer, ask } from "./ask.ts";
import { act, asProgram, REASON, type Stage, taskAt, type World } from "./world.ts";

/** In every private text; each kind has a word of its own. */
export const MARK = "zebra";
const marked = (kind: string) => `${MARK}-${kind}`;
const listing = {
  title: marked("task"),
  description: `${marked("task")} in detail`,
  location: marked("task"),
};

const STAGES: Stage[] = ["pending_review", "assigned", "submitted", "rejected_by_agent", "completed"];

export interface Victims {
  agent: Actor;
  human: Actor;
  /** Were assigned, or applied, and are no longer part of it. */
  past: { former: Actor; passedOver: Actor; withdrawn: Actor };
  /** Of the browser in which the app's request waits: what it shows belongs to the browser, until an account answers. */
  browserToken: string;
  /** Ids of private objects, by the name of the field in which tools take them. */
  objects: Record<string, unknown[]>;
}

export async function openVictims(w: World): Promise<Victims> {
  const agent = await w.agent("Public Name", 30_000);
  const human = await w.human(marked("person"));
  const [former, passedOver, withdrawn] = [await w.human(), await w.human(), await w.human()];
  const past = { former, passedOver, withdrawn };
  const { taskId, fileId } = await dispute(w, agent, human, past);
  const others: string[] = [];
  for (const stage of STAGES) others.push(await taskAt(w, stage, agent, human, listing));
  const cancelled = await taskAt(w, "open", agent, human, listing);
  await act(w.core, agent, "cancel_task", { taskId: cancelled });
  const waiting = await upload(w, human);
  const questionId = await endedQuestion(w, agent, human);
  const key = await act(w.core, agent, "create_api_key", { name: marked("key") });
  const hook = await hookWithDelivery(w, agent);
  const reported = { objectType: "user", category: "scam", reason: marked("report") } as const;
  const report = await act(w.core, human, "report", { ...reported, objectId: agent.userId });
  const confirmation = await askedPerson(w, agent, others[1]!);
  const approvals = await askedApproval(w, agent);
  const people = [human.userId];
  const app = { id: "client_0123456789", name: marked("app"), redirectUris: [] };
  const { requestId, browserToken } = await asked(w.core, ["tasks:read"], app);
  const connection = await connected(w.core, agent, ["tasks:read"], app);
  const objects = {
    confirmationId: [confirmation],
    approvalId: [approvals.approvalId],
    approverId: [approvals.approverId],
    ...hook,
    questionId: [questionId],
    reportId: [report.id],
    objectId: [taskId],
    userId: people,
    subjectId: people,
    actorId: people,
    accountId: people,
    taskId: [taskId, ...others, cancelled],
    fileId: [fileId, waiting],
    fileIds: [[fileId], [waiting]],
    keyId: [key.id],
    requestId: [requestId],
    connectionId: [connection.id],
    humanId: people,
    agentId: [agent.userId],
  };
  return { agent, human, past, objects, browserToken };
}

/** A question that is over: until then it is everybody's to see. */
async function endedQuestion(w: World, agent: Actor, human: Actor) {
  const words = { question: marked("question"), context: marked("context"), title: marked("title") };
  const { questionId } = await ask(w.core, agent, { ...words, people: 2, payAfterHours: 72 });
  await answer(w.core, human, questionId, marked("answer"));
  await act(w.core, agent, "cancel_question", { questionId });
  return questionId;
}

/** A webhook, and a delivery that waits for its turn. */
export async function hookWithDelivery(w: World, agent: Actor) {
  const url = `https://hooks.example.com/${marked("hook")}`;
  const { id } = await act(w.core, agent, "create_webhook", { url });
  const [row] = await w.core.client`insert into delivery (webhook_id, event_n, status, next_at, created_at)
    values (${id}, null, 'failed', clock_now(), clock_now()) returning n`;
  return { webhookId: [id], deliveryId: [`dlv_${row?.n}`] };
}

/** What waits for the agent's owner. */
export async function askedPerson(w: World, agent: Actor, taskId: string) {
  const params = { taskId, reason: `${marked("reason")} ${REASON}` };
  const asked = { tool: "reject_submission", params } as const;
  const at = { ...asProgram(agent), limits: { capped: false, confirmAbove: 0 } };
  return (await w.core.call(at, "request_confirmation", asked)).confirmationId!;
}

/** An approver, and what they were asked. */
export async function askedApproval(w: World, agent: Actor) {
  const who = { name: marked("approver"), email: `${marked("approver")}${next++}@example.com` };
  await verify(w, agent);
  const { id: approverId } = await act(w.core, agent, "add_approver", who);
  const asked = {
    action: marked("action"),
    details: marked("details"),
    approvers: [approverId],
    waitSeconds: 0,
  };
  const { approvalId } = await act(w.core, agent, "request_approval", asked);
  return { approvalId, approverId };
}
let next = 0;

const upload = async (w: World, actor: Actor) =>
  (
    await act(w.core, actor, "upload_file", {
      name: `${marked("file")}.txt`,
      bytes: Buffer.from(marked("bytes")),
    })
  ).id;

/** One task with everything that a task can have: given up once, applied for by many, chatted about, disputed. */
async function dispute(w: World, agent: Actor, human: Actor, past: Victims["past"]) {
  const taskId = await taskAt(w, "open", agent, human, listing);
  const apply = (who: Actor, message: string) => act(w.core, who, "apply_to_task", { taskId, message });
  await apply(past.former, "I was here before.");
  await act(w.core, agent, "select_applicant", { taskId, humanId: past.former.userId });
  await act(w.core, past.former, "give_up_task", { taskId, reason: `I cannot: ${REASON}` });
  await apply(past.passedOver, "I was passed over.");
  await apply(past.withdrawn, "I went away.");
  await act(w.core, past.withdrawn, "withdraw_application", { taskId });
  await apply(human, marked("note"));
  await act(w.core, agent, "select_applicant", { taskId, humanId: human.userId });
  await act(w.core, agent, "send_message", { taskId, content: marked("message") });
  await act(w.core, human, "send_message", { taskId, content: marked("message") });
  const fileId = await upload(w, human);
  const links = [`https://${marked("proof")}.example/`];
  await act(w.core, human, "submit_proof", { taskId, text: marked("proof"), links, fileIds: [fileId] });
  await act(w.core, agent, "reject_submission", { taskId, reason: `${marked("reason")} ${REASON}` });
  await act(w.core, human, "open_dispute", { taskId, reason: `${marked("reason")} ${REASON}` });
  return { taskId, fileId };
}
