import type { Row } from "./tool-docs.ts";

/** The fields of an input or output. */
export function Rows({ rows, empty, withRequired }: { rows: Row[]; empty: string; withRequired?: boolean }) {
  if (rows.length === 0) return <p className="mt-3 text-soft">{empty}</p>;
  return (
    <dl className="mt-3 divide-y divide-line border-line border-y">
      {rows.map((row) => (
        <div key={row.name} className="py-3">
          <dt className="flex flex-wrap items-baseline gap-x-3">
            <code className="font-mono font-semibold text-sm">{row.name}</code>
            <span className="break-words text-soft text-sm">{row.type}</span>
            {withRequired && row.required && (
              <span className="font-medium text-accent text-sm">required</span>
            )}
          </dt>
          {row.about && <dd className="mt-1">{row.about}</dd>}
        </div>
      ))}
    </dl>
  );
}
