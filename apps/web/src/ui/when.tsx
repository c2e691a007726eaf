import { formatDistanceToNowStrict } from "date-fns";

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

export const exactTime = (at: string) => `${exact.format(new Date(at))} UTC`;

/** A moment as people say it; the exact time is in its title. */
export function When({ at, suffix = true, className }: { at: string; suffix?: boolean; className?: string }) {
  return (
    <time
      dateTime={at}
      title={exactTime(at)}
      suppressHydrationWarning
      className={`tabular-nums ${className ?? ""}`}
    >
      {formatDistanceToNowStrict(new Date(at), { addSuffix: suffix })}
    </time>
  );
}
