/** The shape of what is about to be here. */
export function ListSkeleton({ title, cards = 6 }: { title: string; cards?: number }) {
  return (
    <div className="page py-10 sm:py-14" aria-busy="true">
      <h1 className="display text-[2rem] sm:text-[2.5rem]">{title}</h1>
      <p role="status" className="mt-2 mb-8 text-lg text-soft">
        One moment…
      </p>
      <div className="grid gap-4 md:grid-cols-2 lg:grid-cols-3" aria-hidden>
        {Array.from({ length: cards }, (_, i) => `card-${i}`).map((key) => (
          <div
            key={key}
            className="h-56 rounded-card border border-line bg-sheet motion-safe:animate-pulse"
          />
        ))}
      </div>
    </div>
  );
}
