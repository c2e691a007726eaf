/** The mark: a receipt with a torn edge and a tick on it. */
export function Mark({ className = "" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <path d="M6 3h20v24l-3.33 3-3.34-3-3.33 3-3.33-3-3.34 3L6 27z" fill="currentColor" />
      <path
        d="m10.5 14.5 4 4 7.5-8"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="inline-flex items-center gap-2">
      <Mark className="size-7 text-accent" />
      <span className="display text-[1.35rem]">
        Humans<span className="text-accent">2</span>AI
      </span>
    </span>
  );
}
