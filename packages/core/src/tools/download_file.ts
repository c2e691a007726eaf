import { and, eq, or, sql } from "drizzle-orm";
import { z } from "zod";
import { originalId } from "../context.ts";
import { files } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { userId } from "../fields.ts";
import { encodeFile, fileShape } from "../task-details.ts";
import { defineTool } from "../tool.ts";

export const download_file = defineTool({
  title: "Download a file",
  summary:
    "Fetch a file that you uploaded, that belongs to the proof of a task of yours, or that a question shows you.",
  who: ["human", "agent", "admin"],
  permission: "tasks:read",
  effect: "read",
  binary: true,
  input: z.strictObject({
    fileId: userId,
    original: z.boolean().default(false).describe("A picture as it came, camera data included"),
  }),
  output: fileShape.extend({ bytes: z.custom<Uint8Array>((v) => v instanceof Uint8Array) }),
  refusals: ["FILE_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { fileId, original }) {
    const { role, userId: me } = ctx.actor;
    const mine = or(
      eq(files.ownerId, me),
      role === "admin" ? sql`true` : undefined,
      sql`exists (select from submission s join task t on t.id = s.task_id
        where s.id = ${files.submissionId} and t.agent_id = ${me})`,
      role === "human"
        ? sql`exists (select from question q where q.id = ${files.questionId} and sees_question(q, ${me}))`
        : undefined,
    );
    const [row] = await ctx.db
      .select()
      .from(files)
      .where(and(eq(files.id, fileId), mine));
    if (!row) throw new Refusal("FILE_NOT_FOUND", { fileId });
    const shown = encodeFile(row);
    if (!original || row.originalSha256 === null) return { ...shown, bytes: await ctx.files.get(row.id) };
    // Where and with what a person took it is theirs to tell; in a dispute it is evidence.
    if (role !== "admin" && row.ownerId !== me) {
      throw new Refusal("FORBIDDEN", { message: "The original is for its uploader and for admins only." });
    }
    const [type, size, sha256] = [row.originalType!, row.originalSize!, row.originalSha256];
    return { ...shown, type, size, sha256, bytes: await ctx.files.get(originalId(row.id)) };
  },
});
