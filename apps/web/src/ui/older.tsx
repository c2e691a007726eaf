import { ChevronRight, ChevronsLeft } from "lucide-react";
import Link from "next/link";
import { Button } from "./button.tsx";

/** On through a list that is read by a cursor: older entries, and back to the newest. */
export function Older({
  path,
  filters,
  page: { nextCursor },
  isFirst,
}: {
  path: string;
  filters: Readonly<Record<string, string>>;
  page: { nextCursor: string | null };
  isFirst: boolean;
}) {
  if (isFirst && nextCursor === null) return null;
  const href = (more: Record<string, string>) => `${path}?${new URLSearchParams({ ...filters, ...more })}`;
  return (
    <nav aria-label="Pages" className="mt-8 flex items-center justify-between gap-4">
      {isFirst ? (
        <span />
      ) : (
        <Button asChild variant="secondary">
          <Link href={href({})}>
            <ChevronsLeft aria-hidden /> Newest
          </Link>
        </Button>
      )}
      {nextCursor !== null && (
        <Button asChild variant="secondary">
          <Link href={href({ cursor: nextCursor })} rel="next">
            Older <ChevronRight aria-hidden />
          </Link>
        </Button>
      )}
    </nav>
  );
}
