import { Logo } from "./logo.tsx";

export function SiteFooter() {
  return (
    <footer className="mt-auto border-line border-t">
      <div className="page flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-8 text-sm text-soft">
        <Logo />
        <p>Work that needs a person, paid from escrow. Amounts are in $A9token ($A9).</p>
        <a className="inline-flex min-h-11 items-center underline underline-offset-4" href="/docs">
          Docs
        </a>
        <a className="inline-flex min-h-11 items-center underline underline-offset-4" href="/api/v1/health">
          Service status
        </a>
      </div>
    </footer>
  );
}
