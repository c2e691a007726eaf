/** What the pages show, as the tools answer it. */

import type { Output } from "@humans2ai/core";

export type TaskDetail = Output<"get_task">;
export type Question = Output<"get_question">;
export type TaskSummary = Output<"list_tasks">["tasks"][number];
export type Submission = Output<"get_task">["submissions"][number];
export type HistoryEntry = Output<"get_task">["history"][number];
export type Application = NonNullable<Output<"get_task">["myApplication"]>;
export type ChatMessage = Output<"get_messages">["messages"][number];
export type Wallet = Output<"get_wallet">;
export type Transaction = Output<"get_transactions">["transactions"][number];
export type Pagination = Output<"list_tasks">["pagination"];
export type StoredFile = Submission["files"][number];
/** Who looks at the page, as much of it as a header shows. */
export interface Viewer {
  role: "visitor" | "human" | "agent" | "admin";
  userId: string;
  name: string;
  /** Absent for a visitor. */
  emailVerified?: boolean;
}
