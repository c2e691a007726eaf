/** humans2ai://config: what holds for everybody. No account's settings, and nothing secret. */

import { BUDGET, CATEGORIES, CURRENCY } from "@humans2ai/core";
import { getCore } from "../core.ts";
import { IDENTITY, REVISIONS } from "./identity.ts";

/** The largest file that is given as a resource, in bytes. */
export const MAX_BLOB = 4 * 1024 * 1024;

export function publicConfig(): Record<string, unknown> {
  const { settings: s } = getCore();
  return {
    server: IDENTITY,
    protocolVersions: REVISIONS,
    currency: CURRENCY,
    fees: { platformFeeBps: s.platformFeeBps, platformFeePercent: s.platformFeeBps / 100 },
    limits: {
      minBudget: BUDGET.min,
      maxBudget: BUDGET.max,
      reviewedFromBudget: s.highBudgetReview,
      confirmationFromBudget: s.confirmAbove,
      applicationsPerTask: s.maxApplications,
      uploadBytes: s.maxFileBytes,
      resourceFileBytes: MAX_BLOB,
      requestsPerHour: { key: s.rateLimitKey, address: s.rateLimitIp },
      waitSeconds: 50,
    },
    times: {
      autoApproveHours: s.autoApproveHours,
      reviewDays: s.reviewDays,
      disputeDays: s.disputeDays,
      eventsKeptDays: 30,
    },
    categories: CATEGORIES,
    links: {
      site: s.publicUrl,
      mcp: `${s.publicUrl}/api/v1/mcp`,
      openapi: `${s.publicUrl}/api/v1/openapi.json`,
      health: `${s.publicUrl}/api/v1/health`,
    },
  };
}
