/** The dry run of posting a task: what would come of it, read without writing anything. */

import { z } from "zod";
import { confirmAbove } from "./advance.ts";
import { toAmount, toMicro } from "./codecs.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";
import { availableAccount, split } from "./ledger.ts";
import { lifecycle } from "./lifecycle.ts";
import { firstAction, needsConfirmation, refuseDeadline, refuseRisk } from "./posting.ts";
import { spendingOf } from "./spending.ts";
import { payment } from "./task-view.ts";
import { ours } from "./untrusted/mark.ts";
import type { CATEGORIES } from "./vocabulary.ts";

export const previewShape = z.object({
  dryRun: z.literal(true),
  status: z
    .enum(["open", "pending_review"])
    .nullable()
    .describe("What it would be; null: it would be refused"),
  refusals: z.array(z.object({ code: ours(), message: ours() })).describe("Why it would be refused now"),
  risk: z.object({
    verdict: z.enum(["clean", "unsure", "blocked"]),
    category: ours().nullable(),
    advice: ours().nullable(),
  }),
  confirmation: z.object({
    required: z.boolean(),
    from: z.number().nullable().describe("From this budget on; null: never"),
  }),
  wallet: z.object({ balance: z.number(), enough: z.boolean() }),
  keyCaps: z
    .object({ perTask: z.number().nullable(), today: z.number().nullable() })
    .describe("What this API key may still lock; null: no such cap"),
  lock: z.number().describe("Exactly what would be locked in escrow"),
  payout: payment.describe("What approving would pay"),
  humans: z
    .object({ active: z.int(), matched: z.boolean() })
    .describe(
      "Humans who signed in within 30 days. matched false: profiles tell no skills, languages or places yet, so not all of them fit",
    ),
  firstApplication: z
    .object({ usualMinutes: z.number().nullable(), tasks: z.int() })
    .describe(
      "Median from open to first application, over the newest tasks (at most 200 of 90 days) of this category, remote or not, that got one; null: fewer than 5",
    ),
});

interface Draft {
  title: string;
  description: string;
  category: (typeof CATEGORIES)[number];
  budget: number;
  deadline: string;
  location?: string | undefined;
  remote: boolean;
  requirements: string[];
  skillsRequired: string[];
}

/** Refuses only what is wrong with the input itself; all else is part of the answer. */
export async function previewTask(ctx: Context, draft: Draft): Promise<z.input<typeof previewShape>> {
  const { budget } = draft;
  const late = refuseDeadline(ctx, draft.deadline);
  if (late) throw late;
  const [risk, spending, balance, active, firstApplication] = await Promise.all([
    ctx.riskGate(draft),
    spendingOf(ctx, budget),
    balanceOf(ctx),
    activeHumans(ctx),
    usualFirstApplication(ctx, draft),
  ]);
  const enough = balance >= budget;
  const poor = enough ? null : new Refusal("INSUFFICIENT_BALANCE", { balance, needed: budget });
  const refusals = [spending.refusal, refuseRisk(risk), poor].filter((refusal) => refusal !== null);
  const micro = toMicro(budget);
  const { fee, payout } = split(micro, ctx.settings.platformFeeBps);
  return {
    dryRun: true,
    status: refusals.length > 0 ? null : lifecycle[firstAction(ctx, budget, risk)].to,
    refusals: refusals.map(({ code, message }) => ({ code, message })),
    risk: { verdict: risk.verdict, category: risk.category ?? null, advice: risk.advice ?? null },
    confirmation: {
      required: !spending.refusal && needsConfirmation(ctx, budget),
      from: confirmAbove(ctx),
    },
    wallet: { balance, enough },
    keyCaps: { perTask: spending.perTask, today: spending.today },
    lock: budget,
    payout: { humanPayout: toAmount(payout), platformFee: toAmount(fee), total: budget },
    humans: { active, matched: false },
    firstApplication,
  };
}

async function balanceOf({ sql, actor }: Context): Promise<number> {
  const [row] = await sql`select balance from account where id = ${availableAccount(actor.userId)}`;
  return toAmount(row?.balance ?? 0);
}

async function activeHumans({ sql }: Context): Promise<number> {
  const [row] = await sql`
    select count(distinct u.id)::int as n from sign_in s join app_user u on u.id = s.user_id
    where s.last_seen_at > clock_now() - interval '30 days' and u.role = 'human' and u.suspended_at is null`;
  return row?.n;
}

/** The fewest tasks that make a usual time. */
const ENOUGH = 5;

/** Ids sort by time, so the newest tasks are read from the primary key's end. */
async function usualFirstApplication({ sql }: Context, { category, remote }: Draft) {
  const [row] = await sql`
    select count(*)::int as tasks,
      percentile_cont(0.5) within group (order by extract(epoch from applied.at - opened.at)) as seconds
    from (select id from task
      where category = ${category} and remote = ${remote} and created_at > clock_now() - interval '90 days'
        and exists (select from application where task_id = task.id)
      order by id desc limit 200) t
    cross join lateral (select min(at) as at from task_event where task_id = t.id and to_status = 'open') opened
    cross join lateral (select min(applied_at) as at from application where task_id = t.id) applied`;
  const usual = row?.tasks >= ENOUGH ? Math.round(Number(row?.seconds) / 6) / 10 : null;
  return { usualMinutes: usual, tasks: row?.tasks as number };
}
