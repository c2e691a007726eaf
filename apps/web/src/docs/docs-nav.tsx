"use client";

import { Search } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useId, useState } from "react";
import { type Hit, search } from "./search.ts";
import type { Section } from "./sections.ts";

/** The list of pages and the search over them; on a phone it folds away. */
export function DocsNav({ sections }: { sections: Section[] }) {
  const here = usePathname();
  return (
    <div className="lg:sticky lg:top-24 lg:max-h-[calc(100dvh-7rem)] lg:self-start lg:overflow-y-auto lg:pb-8">
      <DocsSearch />
      <details className="mt-3 rounded-card border border-line bg-sheet lg:hidden" key={here}>
        <summary className="min-h-11 px-4 py-2.5 font-medium">All pages</summary>
        <div className="px-4 pb-4">
          <Contents sections={sections} here={here} />
        </div>
      </details>
      <div className="hidden lg:block">
        <Contents sections={sections} here={here} />
      </div>
    </div>
  );
}

function Contents({ sections, here }: { sections: Section[]; here: string }) {
  return (
    <nav aria-label="Documentation">
      {sections.map(({ title, pages }) => (
        <div key={title} className="mt-5">
          <p className="font-semibold text-sm">{title}</p>
          <ul className="mt-1">
            {pages.map((page) => (
              <li key={page.href}>
                <Link
                  href={page.href}
                  prefetch={false}
                  aria-current={page.href === here ? "page" : undefined}
                  className="block break-words rounded-control py-1.5 pl-3 text-soft text-sm hover:bg-sunk hover:text-ink aria-[current]:bg-sunk aria-[current]:font-medium aria-[current]:text-ink"
                >
                  {page.title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function DocsSearch() {
  const [words, setWords] = useState("");
  const [hits, setHits] = useState<Hit[] | null>([]);
  const router = useRouter();
  const id = useId();
  useEffect(() => {
    let current = true;
    setHits(null);
    search(words).then((found) => {
      if (current) setHits(found);
    });
    return () => {
      current = false;
    };
  }, [words]);
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (hits?.[0]) router.push(hits[0].href);
        }}
      >
        <label htmlFor={id} className="sr-only">
          Search the documentation
        </label>
        <div className="relative">
          <Search
            aria-hidden
            className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-soft"
          />
          <input
            id={id}
            type="search"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            placeholder="Search the docs"
            autoComplete="off"
            className="min-h-11 w-full rounded-control border border-edge bg-sheet pr-3 pl-9"
          />
        </div>
      </form>
      <p role="status" className="sr-only">
        {words.trim() && hits && `${hits.length} ${hits.length === 1 ? "page" : "pages"} found`}
      </p>
      {words.trim() && (
        <ul
          className="mt-2 rounded-card border border-line bg-sheet p-1 shadow-sheet"
          aria-label="Search results"
        >
          {hits?.length === 0 && <li className="px-3 py-2 text-soft text-sm">Nothing found.</li>}
          {!hits && <li className="px-3 py-2 text-soft text-sm">Searching …</li>}
          {hits?.map((hit) => (
            <li key={hit.href}>
              <Link
                href={hit.href}
                onClick={() => setWords("")}
                className="block rounded-control px-3 py-2 hover:bg-sunk"
              >
                <span className="block break-words font-medium text-sm">{hit.title}</span>
                <span className="line-clamp-2 text-soft text-xs">{hit.about}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}
