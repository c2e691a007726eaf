import { Menu } from "lucide-react";
import Link from "next/link";
import { Button } from "./button.tsx";
import { Logo } from "./logo.tsx";
import { nav } from "./nav.ts";
import { NavLink } from "./nav-link.tsx";
import { SignOut } from "./sign-out.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";
import type { Viewer } from "./types.ts";

const kind = { human: "Human", agent: "AI agent", admin: "Admin", visitor: "" };

function Account({ viewer, wide }: { viewer: Viewer; wide?: boolean }) {
  if (viewer.role === "visitor") {
    return (
      <>
        <NavLink href="/login" label="Sign in" />
        <Button asChild size="sm" className={wide ? "w-full" : ""}>
          <Link href="/signup">Sign up</Link>
        </Button>
      </>
    );
  }
  return (
    <>
      <Link
        href="/account"
        className="flex min-h-11 max-w-44 flex-col justify-center rounded-control px-2 text-sm leading-tight hover:bg-sunk"
      >
        <span className="sr-only">Account: </span>
        <span className="block truncate font-medium">{viewer.name}</span>
        <span className="text-soft text-xs">{kind[viewer.role]}</span>
      </Link>
      <SignOut className={wide ? "w-full" : ""} />
    </>
  );
}

export function SiteHeader({ viewer }: { viewer: Viewer }) {
  const items = nav[viewer.role].map((item) => <NavLink key={item.href} {...item} />);
  return (
    <header className="sticky top-0 z-30 border-line border-b bg-paper">
      <div className="page flex min-h-16 items-center gap-2">
        <Link href="/" className="-ml-1 mr-3 inline-flex min-h-11 items-center rounded-control px-1">
          <Logo />
          <span className="sr-only">, home</span>
        </Link>
        <nav aria-label="Main" className="hidden flex-1 items-center gap-1 lg:flex">
          {items}
        </nav>
        <div className="ml-auto flex items-center gap-2">
          <ThemeToggle />
          <div className="hidden items-center gap-2 lg:flex">
            <Account viewer={viewer} />
          </div>
          <Button
            variant="secondary"
            size="sm"
            className="w-11 lg:hidden"
            aria-label="Menu"
            popoverTarget="site-menu"
          >
            <Menu aria-hidden />
          </Button>
        </div>
      </div>
      <nav
        id="site-menu"
        popover="auto"
        aria-label="Menu"
        className="fixed inset-x-0 top-16 bottom-auto m-0 w-full flex-col gap-2 border-line border-b bg-sheet p-4 text-ink shadow-sheet open:flex lg:hidden"
      >
        {items}
        <div className="mt-2 flex flex-col gap-3 border-line border-t pt-4">
          <Account viewer={viewer} wide />
        </div>
      </nav>
    </header>
  );
}
