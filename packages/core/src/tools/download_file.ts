import { and, eq, or, sql } from "drizzle-orm";
import { z } from "zod";
import { files } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { userId } from "../fields.ts";
import { encodeFile, fileShape } from "../task-details.ts";
import { defineTool } from "../tool.ts";

export const download_file = defineTool({
  title: "Download a file",
  summary: "Fetch a file that you uploaded, or that belongs to the proof of a task of yours.",
  who: ["human", "agent", "admin"],
  permission: "tasks:read",
  effect: "read",
  binary: true,
  input: z.strictObject({ fileId: userId }),
  output: fileShape.extend({ bytes: z.custom<Uint8Array>((v) => v instanceof Uint8Array) }),
  refusals: ["FILE_NOT_FOUND", "VALIDATION_ERROR"],
  async run(ctx, { fileId }) {
    const { role, userId: me } = ctx.actor;
    const mine = or(
      eq(files.ownerId, me),
      role === "admin" ? sql`true` : undefined,
      sql`exists (select from submission s join task t on t.id = s.task_id
        where s.id = ${files.submissionId} and t.agent_id = ${me})`,
    );
    const [row] = await ctx.db
      .select()
      .from(files)
      .where(and(eq(files.id, fileId), mine));
    if (!row) throw new Refusal("FILE_NOT_FOUND", { fileId });
    return { ...encodeFile(row), bytes: await ctx.files.get(row.id) };
  },
});
