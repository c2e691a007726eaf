import { statuses } from "@humans2ai/core/wire";
import { tones } from "./status-badge.tsx";
import type { HistoryEntry } from "./types.ts";
import { When } from "./when.tsx";

const who = {
  agent: "by the AI agent",
  human: "by the human",
  admin: "by an admin",
  clock: "by the clock, automatically",
};

/** What happened to a task, oldest first. */
export function Timeline({ history }: { history: readonly HistoryEntry[] }) {
  return (
    <ol className="relative space-y-5 before:absolute before:top-2 before:bottom-2 before:left-[0.9375rem] before:w-px before:bg-line">
      {history.map((h) => {
        const { icon: Icon, look } = tones[statuses[h.status].tone];
        return (
          <li key={h.seq} className="relative flex gap-4">
            <span className={`z-10 grid size-8 shrink-0 place-items-center rounded-full ${look}`}>
              <Icon aria-hidden className="size-4" />
            </span>
            <div className="min-w-0 pt-1">
              <p className="font-medium leading-snug">{h.summary}</p>
              <p className="text-sm text-soft">
                <When at={h.at} />, {who[h.by]}
              </p>
              {h.reason && (
                <blockquote className="mt-1.5 whitespace-pre-wrap break-words border-line border-l-2 pl-3 text-[0.9375rem]">
                  {h.reason}
                </blockquote>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
