import type { RiskVerdict } from "./context.ts";

/** Why a listing waits for an admin: a budget above this limit, and what the risk gate doubts. */
export function reviewReason(budgetLimit: number | null, risk: RiskVerdict): string | null {
  const budget = budgetLimit === null ? [] : [`Budget above ${budgetLimit} $A9`];
  const doubt =
    risk.verdict === "unsure" ? [risk.reason ?? risk.category ?? "the risk check was unsure"] : [];
  return [...budget, ...doubt].join("; ") || null;
}
