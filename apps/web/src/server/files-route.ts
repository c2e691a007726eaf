/** Files over HTTP: multipart up, bytes down. */

import type { Actor } from "@humans2ai/core";
import { Refusal } from "@humans2ai/core";
import { getCore } from "./core.ts";
import { okReply } from "./reply.ts";

/** What a form may add to the file it carries. */
const WRAPPING = 64 * 1024;

export async function uploadFile(request: Request, actor: Actor): Promise<Response> {
  const { maxFileBytes } = getCore().settings;
  const file = await formFile(request, maxFileBytes + WRAPPING);
  if (file.size > maxFileBytes) throw tooLarge();
  const bytes = new Uint8Array(await file.arrayBuffer());
  const input = { name: file.name || "file", bytes };
  const reply = okReply(await getCore().call(actor, "upload_file", input, { channel: channelOf(actor) }));
  return new Response(reply.body, { ...reply, status: 201 });
}

/** Pages send and fetch files by the same addresses as programs do. */
export const channelOf = (actor: Actor) => (actor.via === "session" ? "browser" : "http");

const tooLarge = () =>
  new Refusal("FILE_TOO_LARGE", { max: `${Math.floor(getCore().settings.maxFileBytes / 1024 / 1024)} MB` });

async function formFile(request: Request, cap: number): Promise<File> {
  const wrong = (message: string) =>
    new Refusal("VALIDATION_ERROR", { message: `file: ${message}`, fields: [{ path: "file", message }] });
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("multipart/form-data") || !request.body) {
    throw wrong("send it as multipart/form-data in a field named file");
  }
  if (Number(request.headers.get("content-length") ?? 0) > cap) throw tooLarge();
  let size = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > cap) controller.error(tooLarge());
      else controller.enqueue(chunk);
    },
  });
  const body = request.body.pipeThrough(counted);
  const form = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => {
    throw size > cap ? tooLarge() : wrong("the multipart body could not be read");
  });
  const file = form.get("file");
  if (!(file instanceof File)) throw wrong("is missing; send it in a field named file");
  return file;
}

/** Pictures that we wrote anew, audio and video open in the browser; all else is only ever downloaded. */
const INLINE = /^(image\/(jpeg|png|webp|gif)|audio\/.*|video\/.*)$/;

/** `?original=1` asks for a picture as it came; see download_file for who gets that. */
export async function downloadFile(address: URL, actor: Actor): Promise<Response> {
  const fileId = address.pathname.split("/").at(-1)!;
  const original = address.searchParams.get("original") === "1";
  const input = { fileId, original };
  const file = await getCore().call(actor, "download_file", input, { channel: channelOf(actor) });
  const disposition = INLINE.test(file.type) && !original ? "inline" : "attachment";
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      "content-type": file.type === "text/plain" ? "text/plain; charset=utf-8" : file.type,
      "content-disposition": `${disposition}; filename*=UTF-8''${headerText(file.name)}`,
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  });
}

/** Percent-encoded as RFC 8187 has it, which spares fewer characters than encodeURIComponent does. */
const headerText = (name: string) =>
  encodeURIComponent(name).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
