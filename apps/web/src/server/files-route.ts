/** Files over HTTP: multipart up, bytes down. */

import type { Actor } from "@humans2ai/core";
import { Refusal } from "@humans2ai/core";
import { getCore } from "./core.ts";
import { okReply } from "./reply.ts";

export async function uploadFile(request: Request, actor: Actor): Promise<Response> {
  const { maxFileBytes } = getCore().settings;
  const tooLarge = new Refusal("FILE_TOO_LARGE", { max: `${Math.floor(maxFileBytes / 1024 / 1024)} MB` });
  // The form's own wrapping is small: a body far beyond the cap is refused before it is read.
  if (Number(request.headers.get("content-length") ?? 0) > maxFileBytes + 64 * 1024) throw tooLarge;
  const file = await formFile(request);
  if (file.size > maxFileBytes) throw tooLarge;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const reply = okReply(await getCore().call(actor, "upload_file", { name: file.name || "file", bytes }));
  return new Response(reply.body, { ...reply, status: 201 });
}

async function formFile(request: Request): Promise<File> {
  const wrong = (message: string) =>
    new Refusal("VALIDATION_ERROR", { message: `file: ${message}`, fields: [{ path: "file", message }] });
  if (!request.headers.get("content-type")?.startsWith("multipart/form-data")) {
    throw wrong("send it as multipart/form-data in a field named file");
  }
  const form = await request.formData().catch(() => {
    throw wrong("the multipart body could not be read");
  });
  const file = form.get("file");
  if (!(file instanceof File)) throw wrong("is missing; send it in a field named file");
  return file;
}

/** Images, audio, video and PDF open in the browser; all else is only ever downloaded. Never as a page of ours. */
const INLINE = /^(image\/(jpeg|png|webp|gif|avif)|audio\/.*|video\/.*|application\/pdf)$/;

export async function downloadFile(fileId: string, actor: Actor): Promise<Response> {
  const file = await getCore().call(actor, "download_file", { fileId });
  const disposition = INLINE.test(file.type) ? "inline" : "attachment";
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      "content-type": file.type === "text/plain" ? "text/plain; charset=utf-8" : file.type,
      "content-disposition": `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "private, max-age=3600, immutable",
    },
  });
}
