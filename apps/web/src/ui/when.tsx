import { formatDistanceToNowStrict } from "date-fns";

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

export const exactTime = (at: string) => `${exact.format(new Date(at))} UTC`;

/** Seconds are noise, and two clocks never agree on them. */
function relative(at: string, suffix: boolean): string {
  const date = new Date(at);
  const ms = date.getTime() - Date.now();
  if (suffix && Math.abs(ms) < 60_000) return ms > 0 ? "in a moment" : "just now";
  return formatDistanceToNowStrict(date, { addSuffix: suffix });
}

/** A moment as people say it; the exact time is in its title. */
export function When({ at, suffix = true, className }: { at: string; suffix?: boolean; className?: string }) {
  return (
    <time
      dateTime={at}
      title={exactTime(at)}
      suppressHydrationWarning
      className={`tabular-nums ${className ?? ""}`}
    >
      {relative(at, suffix)}
    </time>
  );
}
