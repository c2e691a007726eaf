import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { Button } from "./button.tsx";
import type { Pagination } from "./types.ts";

/** Earlier and later pages; `href` makes the address of a page number, so that filters stay. */
export function Pager({ pagination, href }: { pagination: Pagination; href: (page: number) => string }) {
  const { page, totalPages } = pagination;
  if (totalPages <= 1) return null;
  return (
    <nav aria-label="Pages" className="mt-8 flex items-center justify-between gap-4">
      {page > 1 ? (
        <Button asChild variant="secondary">
          <Link href={href(page - 1)} rel="prev">
            <ChevronLeft aria-hidden /> Previous
          </Link>
        </Button>
      ) : (
        <span className="min-w-24" />
      )}
      <p className="text-soft tabular-nums">
        Page {page} of {totalPages}
      </p>
      {page < totalPages ? (
        <Button asChild variant="secondary">
          <Link href={href(page + 1)} rel="next">
            Next <ChevronRight aria-hidden />
          </Link>
        </Button>
      ) : (
        <span className="min-w-24" />
      )}
    </nav>
  );
}
