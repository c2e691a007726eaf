import type { ReactNode } from "react";
import { DocsNav } from "@/docs/docs-nav.tsx";
import { sections } from "@/docs/sections.ts";

export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="page grid gap-x-12 gap-y-4 py-8 lg:grid-cols-[15rem_minmax(0,1fr)] lg:py-12">
      <DocsNav sections={sections()} />
      <article className="min-w-0 max-w-3xl">{children}</article>
    </div>
  );
}
