/** How a task looks on the wire, and who may see it. */

import { and, eq, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { toAmount, toIso, toIsoOrNull } from "./codecs.ts";
import type { Actor, Context } from "./context.ts";
import { tasks, users } from "./db/schema.ts";
import { Refusal } from "./errors.ts";
import { timestamp } from "./fields.ts";
import { type Action, actions, actionsFor } from "./lifecycle.ts";
import { type Status, statuses, statusNames } from "./statuses.ts";
import { byUser, ours, written } from "./untrusted/mark.ts";
import { CATEGORIES, URGENCIES } from "./vocabulary.ts";

/** A task as `to_jsonb` gives it, with its agent's name. Amounts in micro-$A9. */
export interface TaskRow {
  id: string;
  agent_id: string;
  agent_name: string;
  title: string;
  description: string;
  category: (typeof CATEGORIES)[number];
  urgency: (typeof URGENCIES)[number];
  location: string | null;
  remote: boolean;
  requirements: string[];
  skills: string[];
  auto_approve: boolean;
  budget: number;
  fee: number;
  deadline: string;
  escrow_id: string;
  max_applications: number;
  applicant_count: number;
  review_reason: string | null;
  status: Status;
  seq: number;
  human_id: string | null;
  /** The API key that posted it, if one did: see its caps. Not on the wire. */
  key_id: string | null;
  /** The question that it is a place of, if any. */
  question_id: string | null;
  clock_at: string | null;
  closed_reason: string | null;
  completed_at: string | null;
  created_at: string;
  updated_at: string;
}

export const payment = z.object({
  humanPayout: z.number(),
  platformFee: z.number(),
  total: z.number(),
});

/** A listing is its agent's text, and a stranger's to every other agent. */
const listed = (max: number) => written(byUser("agentId", "agent"), max);

export const taskShape = z.object({
  id: z.string(),
  title: listed(200),
  description: listed(10_000),
  category: z.enum(CATEGORIES),
  urgency: z.enum(URGENCIES),
  status: z.enum(statusNames),
  budget: z.number(),
  payout: payment.describe("What approving pays, in $A9token"),
  escrowId: z.string(),
  escrowStatus: z.enum(["held", "released", "refunded"]),
  deadline: timestamp,
  location: listed(200).nullable(),
  remote: z.boolean(),
  requirements: z.array(listed(500)),
  skillsRequired: z.array(listed(60)),
  autoApprove: z.boolean(),
  agentId: z.string(),
  agentName: listed(80),
  humanId: z.string().nullable(),
  humanDisplayId: z.string().nullable(),
  applicantCount: z.int(),
  maxApplications: z.int(),
  nextAt: timestamp.nullable().describe("When the clock acts if nobody does"),
  nextAction: z.enum(actions).nullable().describe("What the clock then does"),
  closedReason: ours().nullable(),
  questionId: z.string().optional().describe("Of a place for an answer"),
  reviewReason: ours().nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
  completedAt: timestamp.nullable(),
});
export type TaskWire = z.output<typeof taskShape>;

export const encodePayment = (row: Pick<TaskRow, "budget" | "fee">) => ({
  humanPayout: toAmount(row.budget - row.fee),
  platformFee: toAmount(row.fee),
  total: toAmount(row.budget),
});

/** The wire form. `humanId` and the reason of a review are for the parties only. */
export function encodeTask(row: TaskRow, actor: Actor): TaskWire {
  const party = isParty(row, actor);
  const { escrow, clock } = statuses[row.status];
  const humanId = party ? row.human_id : null;
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    category: row.category,
    urgency: row.urgency,
    status: row.status,
    budget: toAmount(row.budget),
    payout: encodePayment(row),
    escrowId: row.escrow_id,
    escrowStatus: escrow,
    deadline: toIso(row.deadline),
    location: row.location,
    remote: row.remote,
    requirements: row.requirements,
    skillsRequired: row.skills,
    autoApprove: row.auto_approve,
    agentId: row.agent_id,
    agentName: row.agent_name,
    humanId,
    humanDisplayId: humanId,
    applicantCount: row.applicant_count,
    maxApplications: row.max_applications,
    nextAt: toIsoOrNull(row.clock_at),
    nextAction: isHeldPlace(row) ? "lapse" : (clock?.action ?? null),
    closedReason: row.closed_reason,
    ...(row.question_id ? { questionId: row.question_id } : {}),
    reviewReason: party ? reviewReasonFor(actor, row.review_reason) : null,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
    completedAt: toIsoOrNull(row.completed_at),
  };
}

/** What spoke for a review is for admins: an author that sees it learns how to get past. */
const reviewReasonFor = (actor: Actor, reason: string | null) =>
  actor.role === "admin" ? reason : (reason?.replace(/ \(score [^)]*\)/, "") ?? null);

export const isParty = (row: TaskRow, actor: Actor): boolean =>
  actor.role === "admin" ||
  actor.role === "clock" ||
  row.agent_id === actor.userId ||
  row.human_id === actor.userId;

/** The lifecycle's actions that this actor may take on this task now. */
export function allowedActions(row: TaskRow, actor: Actor): Action[] {
  if (actor.role === "anonymous" || actor.role === "visitor" || !isParty(row, actor)) return [];
  return actionsFor(row.status, actor.role, row.question_id ? "question" : "task");
}

/** A place that is kept for who took it, until its short time is over. */
const isHeldPlace = ({ question_id, status, clock_at, deadline }: TaskRow) =>
  question_id !== null && status === "assigned" && clock_at !== null && toIso(clock_at) < toIso(deadline);

/** Drizzle's selection of a TaskRow (join `users` on the agent). */
export const taskRow = sql<TaskRow>`to_jsonb(task) || jsonb_build_object('agent_name', ${users.displayName})`;

/** Which tasks an actor can see: open ones of live accounts, its own, and for an admin all. */
export function visibleTo(actor: Actor): SQL | undefined {
  if (actor.role === "admin" || actor.role === "clock") return undefined;
  // What a suspended agent has posted is nobody's to see but its applicants'.
  const open = and(
    eq(tasks.status, "open"),
    sql`not exists (select from app_user u where u.id = task.agent_id and u.suspended_at is not null)`,
  );
  if (actor.role === "agent") return or(open, eq(tasks.agentId, actor.userId));
  if (actor.role === "human") {
    const applied = sql`exists (select from application a where a.task_id = task.id and a.human_id = ${actor.userId})`;
    return or(open, eq(tasks.humanId, actor.userId), applied);
  }
  return open;
}

/** A task that the actor can see, or TASK_NOT_FOUND. */
export async function findTask(ctx: Context, taskId: string): Promise<TaskRow> {
  const [found] = await ctx.db
    .select({ row: taskRow })
    .from(tasks)
    .innerJoin(users, eq(users.id, tasks.agentId))
    .where(and(eq(tasks.id, taskId), visibleTo(ctx.actor)));
  if (!found) throw new Refusal("TASK_NOT_FOUND", { taskId });
  return found.row;
}

/** A task of which the actor is a party (its agent, its human, an admin); seen but foreign is FORBIDDEN. */
export async function findOwnTask(ctx: Context, taskId: string): Promise<TaskRow> {
  const row = await findTask(ctx, taskId);
  if (isParty(row, ctx.actor)) return row;
  const who = ctx.actor.role === "agent" ? "the owner of" : "a participant in";
  throw new Refusal("FORBIDDEN", { message: `You are not ${who} this task.` });
}
