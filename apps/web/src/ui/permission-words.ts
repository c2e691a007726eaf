import type { Permission } from "@humans2ai/core/wire";

/** What a permission means to the one who gives it. */
export const meaning: Record<Permission, string> = {
  "tasks:read": "See tasks, applicants and proof",
  "tasks:write": "Post, select, approve: it spends money",
  "wallet:read": "See the balance and the transactions",
  "messages:read": "Read the chats",
  "messages:write": "Write to the humans at work",
  "keys:write": "See and revoke keys",
  "webhooks:write": "Manage webhooks",
};
