import { guides } from "@/docs/guides.ts";
import type { Entry } from "@/docs/search.ts";
import { sections } from "@/docs/sections.ts";
import { isToolName, toolDoc } from "@/docs/tool-docs.ts";

let index: string | undefined;

/** What the docs' search looks through: each page with its words. */
export function GET(): Response {
  index ??= JSON.stringify(sections().flatMap(({ pages }) => pages.map(entryOf)));
  return new Response(index, {
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "public, max-age=300" },
  });
}

function entryOf(page: { href: string; title: string; about: string }): Entry {
  const slug = page.href.split("/").at(-1) ?? "";
  return {
    ...page,
    text: isToolName(slug) ? wordsOf(slug) : (guides.find((g) => g.slug === slug)?.text ?? ""),
  };
}

function wordsOf(name: Parameters<typeof toolDoc>[0]): string {
  const { title, input, errors } = toolDoc(name, "", new Date(0));
  return [title, ...input.flatMap((row) => [row.name, row.about]), ...errors.map((e) => e.code)].join(" ");
}
