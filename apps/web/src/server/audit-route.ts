/** The audit as JSONL: every entry that the filters find, streamed page by page. */

import { type Actor, type Input, inputOfQuery, Refusal } from "@humans2ai/core";
import { getCore } from "./core.ts";
import { channelOf } from "./files-route.ts";

const PAGE = 500;
export const JSONL = "application/x-ndjson";

/** Whether a request for the audit wants all of it, and not a page. */
export const wantsExport = (query: URLSearchParams, accept: string | null): boolean =>
  query.get("format") === "jsonl" || (accept?.split(/[,;] */).includes(JSONL) ?? false);

/** One entry a line, newest first, as `list_audit_logs` shows them; what is refused is refused before the first line. */
export async function exportAudit(query: URLSearchParams, actor: Actor): Promise<Response> {
  const { format, ...filters } = inputOfQuery("list_audit_logs", query);
  if (format !== undefined && format !== "jsonl") {
    throw new Refusal("VALIDATION_ERROR", { message: "format: must be jsonl" });
  }
  const page = (cursor: Record<string, string>) => {
    const input = { ...filters, ...cursor, limit: PAGE } as Input<"list_audit_logs">;
    return getCore().call(actor, "list_audit_logs", input, { channel: channelOf(actor) });
  };
  let next: Awaited<ReturnType<typeof page>> | null = await page({});
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!next) return;
      const { entries, nextCursor } = next;
      if (entries.length > 0) {
        controller.enqueue(Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join("")));
      }
      // What fails here breaks off the transfer, so that half a file does not pass for a whole one.
      next = nextCursor === null ? null : await page({ cursor: nextCursor });
      if (!next) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": `${JSONL}; charset=utf-8`,
      "content-disposition": 'attachment; filename="humans2ai-audit.jsonl"',
      "cache-control": "no-store",
    },
  });
}
