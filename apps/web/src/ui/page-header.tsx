import type { ReactNode } from "react";

/** The one h1 of a page, a line about it, and its main action. */
export function PageHeader({
  title,
  intro,
  above,
  actions,
}: {
  title: ReactNode;
  intro?: ReactNode;
  above?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="mb-8 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="min-w-0 max-w-3xl">
        {above}
        <h1 className="display break-words text-[2rem] sm:text-[2.5rem]">{title}</h1>
        {intro && <div className="mt-2 text-lg text-soft">{intro}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-3">{actions}</div>}
    </header>
  );
}
