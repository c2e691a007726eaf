/** The types that a webhook asks for. */
export function EventTypes({ events }: { events: string[] }) {
  if (events.includes("*")) return <p className="mt-3 text-sm text-soft">All events</p>;
  return (
    <ul aria-label="Events" className="mt-3 flex flex-wrap gap-1.5">
      {events.map((event) => (
        <li key={event} className="rounded-full bg-sunk px-2.5 py-0.5 font-mono text-xs">
          {event}
        </li>
      ))}
    </ul>
  );
}
