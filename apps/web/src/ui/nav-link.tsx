"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

/** A link of the header that knows when it is the current page, and closes the menu it stands in. */
export function NavLink({
  href,
  label,
  className = "",
}: {
  href: string;
  label: string;
  className?: string;
}) {
  const path = usePathname();
  const current = path === href || (href !== "/agent" && path.startsWith(`${href}/`));
  const close = () => document.getElementById("site-menu")?.hidePopover?.();
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
