import Link from "next/link";
import { Logo } from "./logo.tsx";

const LINK = "inline-flex min-h-11 items-center underline underline-offset-4";

export function SiteFooter() {
  return (
    <footer className="mt-auto border-line border-t">
      <div className="page flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-8 text-sm text-soft">
        <Logo />
        <p>Work that needs a person, paid from escrow. Amounts are in $A9token ($A9).</p>
        <p className="flex flex-wrap gap-x-6">
          <Link className={LINK} href="/docs">
            Docs
          </Link>
          <Link className={LINK} href="/privacy">
            Privacy
          </Link>
          <a className={LINK} href="/api/v1/health">
            Service status
          </a>
        </p>
      </div>
    </footer>
  );
}
