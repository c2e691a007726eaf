/** Markdown of the repository as a page: headings that can be linked to, code that can be copied. */

import Link from "next/link";
import type { ReactNode } from "react";
import Markdown, { type Components } from "react-markdown";
import rehypeSlug from "rehype-slug";
import remarkGfm from "remark-gfm";
import { Code } from "./code.tsx";
import { findGuide } from "./guides.ts";

/** Where a file that a guide links to is found on this site; null for one that only the repository has. */
function addressOf(href: string): string | null {
  if (/^(https?:|#|\/)/.test(href)) return href;
  const [file = "", anchor] = href.split("#");
  const slug = file.replace(/^.*\//, "").replace(/\.md$/, "");
  const page = slug === "tools" || slug === "lifecycle" || findGuide(slug) ? `/docs/${slug}` : null;
  return page && anchor ? `${page}#${anchor}` : page;
}

/** The text of a fenced block, as the parser hands it on. */
function fenced(children: ReactNode): { text: string; language: string } | null {
  const code = children as { props?: { className?: string; children?: ReactNode } } | null;
  const text = code?.props?.children;
  if (typeof text !== "string") return null;
  return {
    text: text.replace(/\n$/, ""),
    language: /language-(\w+)/.exec(code?.props?.className ?? "")?.[1] ?? "",
  };
}

const components: Components = {
  a: ({ href = "", children }) => {
    const to = addressOf(href);
    return to ? <Link href={to}>{children}</Link> : <code>{children}</code>;
  },
  pre: ({ children }) => {
    const block = fenced(children);
    return block ? <Code text={block.text} language={block.language} /> : <pre>{children}</pre>;
  },
  // A table without headings has empty ones in Markdown.
  th: ({ children }) => (children ? <th>{children}</th> : <td />),
  // Wide tables scroll by themselves, also by keyboard.
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="scroller" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </section>
  ),
};

export function Prose({ text }: { text: string }) {
  return (
    <div className="prose-doc">
      <Markdown remarkPlugins={[remarkGfm]} rehypePlugins={[rehypeSlug]} components={components}>
        {text}
      </Markdown>
    </div>
  );
}
