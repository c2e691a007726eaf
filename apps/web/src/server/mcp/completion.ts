/** completion/complete: the ids of one's own tasks, and the numbers of their files. */

import { mayCall, Refusal } from "@humans2ai/core";
import type { CompleteRequest, CompleteResult } from "@modelcontextprotocol/server";
import { getCore } from "../core.ts";
import { type Caller, FOR_MODEL } from "./caller.ts";
import { TEMPLATES } from "./uris.ts";

/** The most that the protocol allows. */
const MOST = 100;
const templates: string[] = Object.values(TEMPLATES);
const NONE: CompleteResult["completion"] = { values: [], total: 0, hasMore: false };

export async function complete(caller: Caller, params: CompleteRequest["params"]): Promise<CompleteResult> {
  const { ref, argument, context } = params;
  const isOurs = ref.type === "ref/resource" && templates.includes(ref.uri);
  if (!isOurs || !mayCall("list_my_tasks", caller.actor)) return { completion: NONE };
  if (argument.name === "id") return { completion: await taskIds(caller, argument.value) };
  const id = context?.arguments?.id;
  if (argument.name !== "n" || !id) return { completion: NONE };
  return { completion: await fileNumbers(caller, id, argument.value) };
}

/** By the beginning of an id, or words of the title. */
async function taskIds({ actor }: Caller, typed: string) {
  const search = typed.trim().slice(0, 100);
  const input = { limit: MOST, ...(search ? { search } : {}) };
  const { tasks, pagination } = await getCore().call(actor, "list_my_tasks", input, FOR_MODEL);
  const total = pagination.totalItems;
  return { values: tasks.map(({ id }) => id), total, hasMore: total > MOST };
}

async function fileNumbers({ actor }: Caller, taskId: string, typed: string) {
  const task = await getCore()
    .call(actor, "get_task", { taskId }, FOR_MODEL)
    .catch((error: unknown) => {
      if (error instanceof Refusal && error.http === 404) return null;
      throw error;
    });
  const count = task?.submissions.flatMap((s) => s.files).length ?? 0;
  const numbers = Array.from({ length: count }, (_, i) => String(i + 1)).filter((n) => n.startsWith(typed));
  return { values: numbers.slice(0, MOST), total: numbers.length, hasMore: numbers.length > MOST };
}
