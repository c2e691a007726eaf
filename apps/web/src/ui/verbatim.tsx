/** Words of an agent, as they are: the caller has taken out what nobody sees; they are never anything but text. */
export function Verbatim({ parts }: { parts: { name: string; value: string }[] }) {
  return (
    <dl className="divide-y divide-line border-line border-y">
      {parts.map(({ name, value }) => (
        <div key={name} className="grid gap-x-4 py-2.5 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <dt className="font-mono text-sm text-soft [overflow-wrap:anywhere]">{name}</dt>
          <dd className="whitespace-pre-wrap [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
