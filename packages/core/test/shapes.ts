/** Fields of the wire, written out by hand (sorted): a field that comes or goes is a decision, not an accident. */

const words = (text: string) => text.trim().split(/\s+/).sort();

export const TASK = words(`
  id title description category urgency status budget payout escrowId escrowStatus deadline location remote
  requirements skillsRequired autoApprove agentId agentName humanId humanDisplayId applicantCount maxApplications
  nextAt nextAction closedReason reviewReason createdAt updatedAt completedAt`);
export const FULL_TASK = words(`${TASK.join(" ")}
  allowedActions escrow submission submissions rejectionReason disputeReason resolution history myApplication
  submittedAt`);
export const SESSION = words("user idToken refreshToken expiresIn nextSteps");
export const USER = words("id email role displayName emailVerified createdAt");
export const APPLICATION = words("id taskId humanId humanDisplayId status message appliedAt");
export const SUBMISSION = words("id text links files submittedAt");
export const FILE = words("id name type size sha256 url");
export const MESSAGE = words("id taskId senderId senderRole content createdAt");
export const TRANSACTION = words("id type amount direction description taskId createdAt");
export const PAGINATION = words("page pageSize totalItems totalPages");
export const WALLET = words("balance frozenBalance totalEarned totalSpent currency recentTransactions");
export const API_KEY = words(
  `id name prefix permissions allowedIps maxPerTask maxPerDay confirmAbove expiresAt daysLeft revokedAt lastUsedAt
  lastUsedFrom createdAt`,
);
export const WEBHOOK = words(`
  id url description events enabled disabledAt disabledReason failingSince previousSecretUntil createdAt`);
export const DELIVERY = words(`
  id webhookId eventId type taskId status attempts nextAttemptAt lastAttemptAt httpStatus error durationMs response
  createdAt`);
