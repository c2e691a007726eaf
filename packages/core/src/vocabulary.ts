/** The closed lists of words, free of any library: the browser reads them too. */

export const CATEGORIES = [
  "field_operations",
  "photography",
  "information_verification",
  "package_pickup",
  "delivery",
  "shopping",
  "mystery_shopping",
  "event_attendance",
  "phone_calls",
  "document_handling",
  "research",
  "data_labeling",
  "translation",
  "expert_review",
  "other",
] as const;
export const URGENCIES = ["low", "medium", "high", "critical"] as const;
export const PERMISSIONS = [
  "tasks:read",
  "tasks:write",
  "wallet:read",
  "messages:read",
  "messages:write",
  "keys:write",
  "webhooks:write",
] as const;
/** What an app can be given. Not keys or webhooks: one that it made would outlive its connection. */
export const APP_PERMISSIONS = [
  "tasks:read",
  "tasks:write",
  "wallet:read",
  "messages:read",
  "messages:write",
] as const satisfies readonly (typeof PERMISSIONS)[number][];
/** What a user can report to the admins, and as what. */
export const REPORT_OBJECTS = ["task", "message", "submission", "user"] as const;
export const REPORT_CATEGORIES = [
  "scam",
  "illegal",
  "harassment",
  "privacy",
  "sexual_content",
  "fake_proof",
  "spam",
  "other",
] as const;
export type AppPermission = (typeof APP_PERMISSIONS)[number];
export type Permission = (typeof PERMISSIONS)[number];
/** What the key that `register` makes may do. */
export const READ_ONLY: Permission[] = ["tasks:read", "wallet:read", "messages:read"];
