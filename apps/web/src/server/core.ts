/** The composition root: one core per process, shared by the API listener and by Next's own bundle. */

import { join } from "node:path";
import { type Core, createCore, readAuditKey } from "@humans2ai/core";
import { env } from "../env.ts";
import { diskFiles } from "./disk-files.ts";
import { logFault } from "./reply.ts";
import { riskGate } from "./risk-gate.ts";

const shared = globalThis as typeof globalThis & { humans2aiCore?: Core };

export function getCore(): Core {
  if (shared.humans2aiCore) return shared.humans2aiCore;
  const e = env();
  const auditKey = e.AUDIT_KEY === undefined ? null : readAuditKey(e.AUDIT_KEY);
  shared.humans2aiCore = createCore({
    databaseUrl: e.DATABASE_URL,
    secret: e.AUTH_SECRET,
    ...(auditKey ? { auditKey } : {}),
    poolSize: e.DB_POOL,
    report: (error) => logFault("[feed]", error),
    files: diskFiles(join(e.DATA_DIR, "files")),
    riskGate: riskGate(e),
    settings: {
      publicUrl: e.PUBLIC_URL,
      refuseCommonPasswords: !e.DEMO,
      platformFeeBps: e.PLATFORM_FEE_BPS,
      highBudgetReview: e.HIGH_BUDGET_REVIEW,
      autoApproveHours: e.AUTO_APPROVE_HOURS,
      reviewDays: e.REVIEW_DAYS,
      disputeDays: e.DISPUTE_DAYS,
      confirmAbove: e.CONFIRM_ABOVE,
      confirmByClient: e.CONFIRM_BY_CLIENT,
      maxApplications: e.MAX_APPLICATIONS,
      rateLimitKey: e.RATE_LIMIT_KEY,
      rateLimitIp: e.RATE_LIMIT_IP,
      rateLimitRegister: e.RATE_LIMIT_REGISTER,
      rateLimitLogin: e.RATE_LIMIT_LOGIN,
      webhookAllowPrivate: e.WEBHOOK_ALLOW_PRIVATE,
      maxFileBytes: e.MAX_FILE_MB * 1024 * 1024,
    },
  });
  return shared.humans2aiCore;
}
