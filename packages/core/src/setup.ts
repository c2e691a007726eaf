/** The door for whoever starts the product: migrations, first people, the clock. Pages do not need it. */

export { deriveAuditKey, readAuditKey, readPublicKey } from "./audit/key.ts";
export { type Verdict, verifyAudit } from "./audit/verify.ts";
export { faultOfUrl, isPublicAddress } from "./auth/public-address.ts";
export { migrate } from "./db/migrate.ts";
export { clockJob, sweep } from "./jobs/clock.ts";
export { startDeliveries } from "./jobs/deliveries.ts";
export { eventsJob } from "./jobs/events.ts";
export { healthJob } from "./jobs/health.ts";
export { MailRefused, mailJob, type OutgoingMail, type SendMail } from "./jobs/mail.ts";
export { retentionJob } from "./jobs/retention.ts";
export { type Job, startJobs } from "./jobs/runner.ts";
export { sealJob } from "./jobs/seal.ts";
export { webhooksJob } from "./jobs/webhooks.ts";
export { type Demo, ensureAdmin, seedDemo } from "./seed.ts";
export {
  WEBHOOK_TIMEOUT_MS,
  type WebhookAnswer,
  type WebhookRequest,
  type WebhookSender,
} from "./webhook-sender.ts";
