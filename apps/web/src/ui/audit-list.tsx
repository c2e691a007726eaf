import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { exactTime } from "./when.tsx";
import { plain } from "./words.ts";

export interface AuditRow {
  n: number;
  at: string;
  tool: string;
  outcome: string;
  channel: string;
  role: string;
  actorId: string | null;
  via: string;
  keyId: string | null;
  ip: string | null;
  object: string | null;
  sealed: boolean;
}

const doors: Record<string, string> = {
  http: "HTTP",
  mcp: "MCP",
  rest: "REST",
  browser: "browser",
  clock: "clock",
  job: "the platform",
};
const actors: Record<string, string> = {
  anonymous: "somebody not signed in",
  clock: "the clock",
  visitor: "a visitor",
};

/** Entries of the audit, newest first: a table on a desk, cards on a phone. */
export function AuditList({ entries, who }: { entries: AuditRow[]; who: (entry: AuditRow) => ReactNode }) {
  return (
    <table className="w-full border-collapse text-left max-md:block">
      <caption className="sr-only">Entries of the audit, newest first</caption>
      <thead className="border-b border-line text-sm text-soft max-md:sr-only">
        <tr>
          {["When", "Action", "Who", "From where", "Object"].map((name) => (
            <th key={name} scope="col" className="py-2 pr-4 font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {entries.map((entry) => (
          <Row key={entry.n} entry={entry} who={who(entry)} />
        ))}
      </tbody>
    </table>
  );
}

const cell = "py-3 pr-4 align-top max-md:block max-md:py-0.5";

function Row({ entry, who }: { entry: AuditRow; who: ReactNode }) {
  const refused = entry.outcome !== "ok";
  return (
    <tr className="border-b border-line max-md:block max-md:py-3">
      <td className={cn(cell, "whitespace-nowrap text-sm tabular-nums")}>
        <time dateTime={entry.at}>{exactTime(entry.at)}</time>
        <span className="block text-soft max-md:inline max-md:pl-2">
          no. {entry.n}
          {entry.sealed ? ", sealed" : ""}
        </span>
      </td>
      <th scope="row" className={cn(cell, "font-medium")}>
        {plain(entry.tool)}
        {refused && <span className="block font-normal font-mono text-bad text-sm">{entry.outcome}</span>}
      </th>
      <td className={cn(cell, "text-sm [overflow-wrap:anywhere]")}>{who}</td>
      <td className={cn(cell, "text-sm [overflow-wrap:anywhere]")}>
        by {doors[entry.channel] ?? entry.channel}
        {entry.ip && <span className="block font-mono text-soft">{entry.ip}</span>}
        {entry.keyId && <span className="block font-mono text-soft">{entry.keyId}</span>}
      </td>
      <td className={cn(cell, "pr-0 font-mono text-sm [overflow-wrap:anywhere]")}>{entry.object}</td>
    </tr>
  );
}

/** Who it was, where the reader may know it. */
export const actorWord = (entry: AuditRow): string =>
  actors[entry.role] ?? (entry.role === "admin" ? "an admin" : `the ${entry.role}`);
