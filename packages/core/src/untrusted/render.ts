/** A guarded reply as the text that a model reads: JSON in which every text of others stands between delimiters. */

import type { Untrusted } from "./guard.ts";

type Node = Record<string, unknown>;

/** What to look at first comes first: the note, the boundary, and which texts look like instructions. */
export function renderForModel(reply: object): string {
  const { untrusted, ...rest } = reply as { untrusted?: Untrusted };
  if (!untrusted) return JSON.stringify(reply);
  const shown = structuredClone(rest) as Node;
  for (const { path, text } of untrusted.texts) put(shown, path, text);
  const { note, boundary, texts } = untrusted;
  const suspicious = texts.flatMap((t) => (t.suspicious ? [{ path: t.path, reasons: t.suspicious }] : []));
  const cut = texts.flatMap((t) => (t.truncatedFrom ? [{ path: t.path, from: t.truncatedFrom }] : []));
  const about = {
    note,
    boundary,
    ...(suspicious.length > 0 ? { suspicious } : {}),
    ...(cut.length > 0 ? { truncated: cut } : {}),
  };
  return JSON.stringify({ untrusted: about, ...shown });
}

/** Puts a text where a JSON Pointer points; a pointer to a key of an object points to nothing that is shown. */
function put(root: Node, pointer: string, text: string) {
  const keys = pointer
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = keys.pop() ?? "";
  const holder = keys.reduce<unknown>((node, key) => (node as Node | undefined)?.[key], root) as
    | Node
    | undefined;
  if (typeof holder?.[last] === "string") holder[last] = text;
}
