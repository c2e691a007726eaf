/** What is looked at before a task is posted, for the posting itself and for its dry run. */

import { confirmAbove } from "./advance.ts";
import { moneyRefusals } from "./confirmation.ts";
import type { Context, RiskVerdict } from "./context.ts";
import { type ErrorCode, Refusal } from "./errors.ts";
import { spendingOf } from "./spending.ts";

const HOUR = 3_600_000;

/** What every tool that locks a budget may be refused for. */
export const postingRefusals = [
  "INSUFFICIENT_BALANCE",
  "RISK_GATE_BLOCKED",
  "VALIDATION_ERROR",
  "SPENDING_CAP_EXCEEDED",
  ...moneyRefusals,
] as const satisfies readonly ErrorCode[];

/** The deadline is the one thing of the input that a schema cannot see. */
export function refuseDeadline(ctx: Context, deadline: string): Refusal | null {
  const ahead = new Date(deadline).getTime() - ctx.now.getTime();
  if (ahead >= HOUR && ahead <= 90 * 24 * HOUR) return null;
  const message = "must be between 1 hour and 90 days from now";
  return new Refusal("VALIDATION_ERROR", {
    message: `deadline: ${message} (now is ${ctx.now.toISOString()})`,
    fields: [{ path: "deadline", message }],
  });
}

export const needsConfirmation = (ctx: Context, budget: number): boolean =>
  budget >= (confirmAbove(ctx) ?? Number.POSITIVE_INFINITY);

/** A confirmation that is owed. What the key may not spend anyway is refused before anybody is asked about it. */
export async function refuseUnconfirmed(ctx: Context, budget: number): Promise<Refusal | null> {
  if (ctx.guard?.confirmation || !needsConfirmation(ctx, budget)) return null;
  const { refusal } = await spendingOf(ctx, budget);
  return refusal ?? new Refusal("CONFIRMATION_REQUIRED", { tool: ctx.guard?.tool });
}

export const refuseRisk = (
  { verdict, category, advice }: RiskVerdict,
  subject?: "question",
): Refusal | null =>
  verdict === "blocked" ? new Refusal("RISK_GATE_BLOCKED", { subject, category, advice }) : null;

/** How a task that may be posted begins: in the open, or before an admin. */
export const firstAction = ({ settings }: Context, budget: number, { verdict }: RiskVerdict) =>
  budget > settings.highBudgetReview || verdict === "unsure" ? "create_for_review" : "create";

/** Why an admin looks at it first; null when nobody has to. */
export function reviewReason({ settings }: Context, budget: number, risk: RiskVerdict): string | null {
  const limit = settings.highBudgetReview;
  const high = budget > limit ? [`Budget above ${limit} $A9`] : [];
  const doubt =
    risk.verdict === "unsure" ? [risk.reason ?? risk.category ?? "the risk check was unsure"] : [];
  return [...high, ...doubt].join("; ") || null;
}
