import Link from "next/link";

interface Pill {
  href: string;
  label: string;
  current: boolean;
}

/** One choice of a few, each an address of its own. */
export function Pills({ label, pills }: { label: string; pills: Pill[] }) {
  return (
    <nav aria-label={label} className="mb-6 flex flex-wrap gap-2">
      {pills.map((pill) => (
        <Link
          key={pill.href}
          href={pill.href}
          aria-current={pill.current ? "true" : undefined}
          className="inline-flex min-h-11 items-center rounded-full border border-edge px-4 text-sm hover:bg-sunk aria-[current]:border-accent aria-[current]:bg-accent-wash aria-[current]:font-semibold aria-[current]:text-accent"
        >
          {pill.label}
        </Link>
      ))}
    </nav>
  );
}
