import { createHash } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import { z } from "zod";
import { type Context, originalId } from "../context.ts";
import { clockNow, files } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { text } from "../fields.ts";
import { forDisplay, isPicture } from "../image.ts";
import { encodeFile, fileShape } from "../task-details.ts";
import { defineTool } from "../tool.ts";

/** What a proof may be, beside pictures and plain text. Sniffed from the bytes: what the sender says decides nothing. */
const ACCEPTED = new Set([
  "application/pdf",
  "application/zip",
  "audio/mpeg",
  "audio/x-m4a",
  "audio/wav",
  "audio/ogg",
  "video/mp4",
  "video/quicktime",
  "video/webm",
]);

/** Uploads that belong to no proof yet: twice what one proof can hold. */
const MOST_WAITING = 40;

export const upload_file = defineTool({
  title: "Upload a file",
  summary:
    "Store a file for a proof, or to show with a question: images, PDF, ZIP, audio, video or plain text. Others see images without their camera data.",
  who: ["human", "agent", "admin"],
  permission: "tasks:write",
  effect: "write",
  binary: true,
  ownTransaction: true, // after the slow storing of the bytes
  input: z.strictObject({ name: text(200), bytes: z.custom<Uint8Array>((v) => v instanceof Uint8Array) }),
  output: fileShape,
  refusals: [
    "FILE_TOO_LARGE",
    "FILE_TYPE_REFUSED",
    "IMAGE_TOO_LARGE",
    "IMAGE_UNREADABLE",
    "TOO_MANY_FILES",
    "UNAVAILABLE",
    "VALIDATION_ERROR",
  ],
  async run(ctx, { name, bytes }) {
    const max = ctx.settings.maxFileBytes;
    if (bytes.length > max)
      throw new Refusal("FILE_TOO_LARGE", { max: `${Math.floor(max / 1024 / 1024)} MB` });
    if (bytes.length === 0) throw new Refusal("VALIDATION_ERROR", { message: "file: is empty" });
    const sniffed = (await fileTypeFromBuffer(bytes))?.mime.split(";")[0]; // without "; codecs=opus"
    const type = sniffed ?? (isPlainText(bytes) ? "text/plain" : "unknown");
    if (!isPicture(type) && !ACCEPTED.has(type) && type !== "text/plain") {
      const pictures = "an image (JPEG, PNG, WebP, GIF or AVIF; other photos saved as JPEG)";
      const accepted = `${pictures}, PDF, ZIP, audio, video or plain text file`;
      throw new Refusal("FILE_TYPE_REFUSED", { type, accepted });
    }
    await limit(ctx); // before any work
    const id = ctx.id("file");
    const shown = isPicture(type) ? await forDisplay(bytes, type) : { bytes, type };
    // Bytes first: a row always has its bytes; bytes without a row are only a left-over.
    if (shown.bytes !== bytes) await ctx.files.put(originalId(id), bytes);
    await ctx.files.put(id, shown.bytes);
    const row = {
      id,
      ownerId: ctx.actor.userId,
      // No paths, no line breaks, and no reversal of reading order: "annexe\u202Egnp.exe" reads as a picture.
      name: named(name, shown.type).replace(/[/\\\p{Cc}\p{Bidi_Control}]/gu, "_"),
      ...described(shown.bytes, shown.type),
      ...(shown.bytes === bytes ? {} : original(described(bytes, type))),
    };
    try {
      return await ctx.begin((tx) => insert(tx, row));
    } catch (error) {
      // Of anything else it is not sure that no row was kept.
      if (error instanceof Refusal)
        await Promise.all([id, originalId(id)].map((one) => ctx.files.remove(one)));
      throw error;
    }
  },
});

/** The owner's row is the lock: of many uploads at once each counts those before it. */
async function insert(ctx: Context, row: Omit<typeof files.$inferInsert, "createdAt">) {
  await ctx.sql`select 1 from app_user where id = ${ctx.actor.userId} for no key update`;
  await limit(ctx);
  const [file] = await ctx.db
    .insert(files)
    .values({ ...row, createdAt: clockNow })
    .returning();
  return encodeFile(file!);
}

async function limit({ sql, actor }: Context) {
  const [waiting] = await sql`select count(*)::int as files from file
    where owner_id = ${actor.userId} and submission_id is null and question_id is null`;
  if (waiting?.files >= MOST_WAITING) throw new Refusal("TOO_MANY_FILES", { max: MOST_WAITING });
}

const described = (bytes: Uint8Array, type: string) => ({
  type,
  size: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
});
const original = ({ type, size, sha256 }: ReturnType<typeof described>) => ({
  originalType: type,
  originalSize: size,
  originalSha256: sha256,
});

/** A picture that became one of another type says so. */
const named = (name: string, type: string): string =>
  name.normalize("NFKC").replace(/\.avif$/i, type === "image/webp" ? ".webp" : "$&");

function isPlainText(bytes: Uint8Array): boolean {
  try {
    return !/(?![\t\n\r\f])\p{Cc}/u.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return false; // not UTF-8, so no text
  }
}
