"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect } from "react";

const close = () => document.getElementById("site-menu")?.hidePopover?.();

/** A link of the header that knows when it is the current page, and closes the menu it stands in. */
export function NavLink({
  href,
  label,
  className = "",
  exact = href === "/agent",
}: {
  href: string;
  label: string;
  className?: string;
  /** Whether the pages below it are somewhere else in the navigation. */
  exact?: boolean;
}) {
  const path = usePathname();
  const current = path === href || (!exact && path.startsWith(`${href}/`));
  // Also when another link of the menu, or of the page, has led here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is what it waits for
  useEffect(close, [path]);
  return (
    <Link
      href={href}
      onClick={close}
      aria-current={current ? "page" : undefined}
      className={`inline-flex min-h-11 items-center rounded-control px-3 font-medium text-[0.9375rem] hover:bg-sunk aria-[current=page]:text-accent aria-[current=page]:underline aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-8 ${className}`}
    >
      {label}
    </Link>
  );
}
