import { CHANNELS } from "@humans2ai/core";
import { Download, Filter, ListFilter } from "lucide-react";
import Form from "next/form";
import { one, oneOf, type Query } from "@/server/query.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { AuditList, type AuditRow, actorWord } from "@/ui/audit-list.tsx";
import { Button } from "@/ui/button.tsx";
import { Empty } from "@/ui/empty.tsx";
import { Input, Select } from "@/ui/field.tsx";
import { Older } from "@/ui/older.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { plain } from "@/ui/words.ts";

export const dynamic = "force-dynamic";
export const metadata = { title: "Audit" };

const TEXTS = { actorId: 64, accountId: 64, object: 64, tool: 60, outcome: 60, ip: 64 } as const;
type Filters = Partial<Record<keyof typeof TEXTS | "from" | "to", string>> & {
  channel?: (typeof CHANNELS)[number];
};

/** What an address asks for, as far as it can be asked for. */
function filtersOf(query: Awaited<Query>): Filters {
  const texts = Object.entries(TEXTS).map(([name, max]) => [name, clean(one(query[name]))?.slice(0, max)]);
  const days = (["from", "to"] as const).map((name) => [name, dayOf(one(query[name]))]);
  const given = [...texts, ...days, ["channel", oneOf(CHANNELS, query.channel)]];
  return Object.fromEntries(given.filter(([, value]) => value));
}
const clean = (text: string | undefined) => text?.replaceAll("\0", "").toWellFormed().trim();
/** A day, or nothing. */
const dayOf = (text: string | undefined) =>
  text && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;

/** Days are UTC's, and the last one is included. */
const asInput = ({ from, to, ...rest }: Filters) => ({
  ...rest,
  ...(from ? { from: `${from}T00:00:00Z` } : {}),
  ...(to ? { to: new Date(Date.parse(to) + 86_400_000).toISOString() } : {}),
});

export default async function Audit({ searchParams }: { searchParams: Query }) {
  await requireRole("admin");
  const query = await searchParams;
  const filters = filtersOf(query);
  const cursor = /^[1-9]\d{0,17}$/.exec(one(query.cursor) ?? "")?.[0];
  const asked = asInput(filters);
  const page = await read("list_audit_logs", { ...asked, ...(cursor ? { cursor } : {}) });
  const { sealing } = page;
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title="Audit"
        intro="Every write, sign-in, key and admin action: who, what, from where. Entries are never changed."
        actions={
          <Button asChild variant="secondary">
            <a
              href={`/api/v1/admin/audit-logs?${new URLSearchParams({ ...asked, format: "jsonl" })}`}
              download
            >
              <Download aria-hidden /> Export as JSONL
            </a>
          </Button>
        }
      />
      <FilterForm filters={filters} />
      <details className="my-6 text-sm text-soft">
        <summary className="min-h-6 cursor-pointer">
          {sealing.sealedTo > 0 ? `Sealed to no. ${sealing.sealedTo}` : "Nothing is sealed yet"}
        </summary>
        <p className="mt-2 [overflow-wrap:anywhere]">
          Seals are signed by the key <code>{sealing.keyId}</code>; its public half is{" "}
          <code>{sealing.publicKey}</code>. <code>pnpm audit:verify</code> checks them.
        </p>
      </details>
      {page.entries.length === 0 ? (
        <Empty icon={ListFilter} title="No entry matches">
          Try fewer filters, or other days.
        </Empty>
      ) : (
        <AuditList entries={page.entries} who={(entry) => <Who entry={entry} />} />
      )}
      <Older path="/admin/audit" filters={filters} page={page} isFirst={!cursor} />
    </div>
  );
}

const Who = ({ entry }: { entry: AuditRow }) => (
  <>
    {plain(actorWord(entry))}
    <span className="block font-mono text-soft">{entry.actorId}</span>
  </>
);

function FilterForm({ filters }: { filters: Filters }) {
  const text = (name: keyof typeof TEXTS, label: string) => (
    <Input label={label} name={name} maxLength={TEXTS[name]} defaultValue={filters[name]} />
  );
  return (
    <Form
      key={JSON.stringify(filters)}
      action="/admin/audit"
      role="search"
      aria-label="Filter the audit"
      className="grid items-end gap-4 rounded-card border border-line bg-sheet p-4 shadow-sheet sm:grid-cols-2 lg:grid-cols-5"
    >
      {text("actorId", "Who (user id)")}
      {text("accountId", "Account (user id)")}
      {text("object", "Object (task or other id)")}
      {text("tool", "Action")}
      {text("outcome", "Outcome")}
      {text("ip", "IP address")}
      <Select label="Door" name="channel" defaultValue={filters.channel ?? ""}>
        <option value="">Any</option>
        {CHANNELS.map((channel) => (
          <option key={channel}>{channel}</option>
        ))}
      </Select>
      <Input label="From (UTC)" type="date" name="from" defaultValue={filters.from} />
      <Input label="To (UTC)" type="date" name="to" defaultValue={filters.to} />
      <Button type="submit">
        <Filter aria-hidden /> Filter
      </Button>
    </Form>
  );
}
