/** What waits for the agent's owner: by the lifecycle's table, the statuses in which the next word is theirs. */

import type { Output } from "@humans2ai/core";
import { statusesFor } from "@humans2ai/core/wire";
import { read } from "@/server/read.ts";

export type Task = Output<"list_tasks">["tasks"][number];
export interface WaitingItems {
  toReview: Task[];
  toChoose: Task[];
  inReview: Task[];
}

export async function waitingFor(agentId: string): Promise<WaitingItems> {
  const inStatusOf = async (action: Parameters<typeof statusesFor>[0]) => {
    const lists = await Promise.all(
      statusesFor(action).map((status) => read("list_tasks", { agentId, status, limit: 100 })),
    );
    return lists.flatMap((list) => list.tasks);
  };
  const [toReview, open, inReview] = await Promise.all([
    inStatusOf("approve"),
    inStatusOf("select"),
    inStatusOf("approve_listing"),
  ]);
  return {
    // The one that the clock decides first is the most urgent.
    toReview: toReview.sort((a, b) => (a.nextAt ?? "").localeCompare(b.nextAt ?? "")),
    toChoose: open.filter((task) => task.applicantCount > 0),
    inReview,
  };
}
