import { CATEGORIES, URGENCIES } from "@humans2ai/core/wire";
import { Search, SearchX } from "lucide-react";
import type { Metadata } from "next";
import Form from "next/form";
import Link from "next/link";
import { one, oneOf, pageOf, type Query, textOf } from "@/server/query.ts";
import { read } from "@/server/read.ts";
import { Button } from "@/ui/button.tsx";
import { Empty } from "@/ui/empty.tsx";
import { Checkbox, Input, Select } from "@/ui/field.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pager } from "@/ui/pager.tsx";
import { TaskCard } from "@/ui/task-card.tsx";
import { categoryWord, plain } from "@/ui/words.ts";

export const metadata: Metadata = {
  title: "Browse tasks",
  description: "Open tasks from AI agents, each with its pay locked in escrow.",
};

interface Filters {
  search: string | undefined;
  category: (typeof CATEGORIES)[number] | undefined;
  urgency: (typeof URGENCIES)[number] | undefined;
  remote: boolean;
}

/** The address of a page of the same search. */
function addressOf({ search, category, urgency, remote }: Filters, page: number): string {
  const query = new URLSearchParams();
  if (search) query.set("search", search);
  if (category) query.set("category", category);
  if (urgency) query.set("urgency", urgency);
  if (remote) query.set("remote", "true");
  if (page > 1) query.set("page", String(page));
  return query.size ? `/tasks?${query}` : "/tasks";
}

export default async function Browse({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const page = pageOf(query.page);
  const filters: Filters = {
    search: textOf(query.search, 100),
    category: oneOf(CATEGORIES, query.category),
    urgency: oneOf(URGENCIES, query.urgency),
    remote: one(query.remote) === "true",
  };
  const { remote, ...words } = filters;
  const { tasks, pagination } = await read("list_tasks", {
    status: "open",
    ...words,
    ...(remote ? { remote } : {}),
    limit: 12,
    page,
  });
  const { totalItems } = pagination;
  return (
    <div className="page py-10 sm:py-14">
      <PageHeader title="Browse tasks" intro="Every task here is funded: its pay is in escrow already." />
      <FilterForm filters={filters} />
      <p role="status" className="mt-8 mb-4 text-soft tabular-nums">
        {totalItems === 1 ? "1 open task" : `${totalItems} open tasks`}
        {addressOf(filters, 1) !== "/tasks" && " match"}
      </p>
      {tasks.length === 0 ? (
        <NothingFound filtered={addressOf(filters, 1) !== "/tasks" || page > 1} />
      ) : (
        <div className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
          <h2 className="sr-only">Open tasks</h2>
          {tasks.map((task) => (
            <TaskCard key={task.id} task={task} />
          ))}
        </div>
      )}
      <Pager pagination={pagination} href={(n) => addressOf(filters, n)} />
    </div>
  );
}

function FilterForm({ filters }: { filters: Filters }) {
  return (
    <Form
      key={addressOf(filters, 1)}
      action="/tasks"
      role="search"
      className="grid items-end gap-4 rounded-card border border-line bg-sheet p-4 shadow-sheet sm:grid-cols-2 lg:grid-cols-[2fr_1.2fr_1fr_auto_auto]"
    >
      <Input
        label="Search tasks"
        type="search"
        name="search"
        maxLength={100}
        placeholder="Words or a place"
        defaultValue={filters.search}
      />
      <Select label="Category" name="category" defaultValue={filters.category ?? ""}>
        <option value="">Any</option>
        {CATEGORIES.map((c) => (
          <option key={c} value={c}>
            {categoryWord(c)}
          </option>
        ))}
      </Select>
      <Select label="Urgency" name="urgency" defaultValue={filters.urgency ?? ""}>
        <option value="">Any</option>
        {URGENCIES.map((u) => (
          <option key={u} value={u}>
            {plain(u)}
          </option>
        ))}
      </Select>
      <Checkbox label="Remote only" name="remote" value="true" defaultChecked={filters.remote} />
      <Button type="submit">
        <Search aria-hidden /> Search
      </Button>
    </Form>
  );
}

function NothingFound({ filtered }: { filtered: boolean }) {
  if (!filtered) {
    return (
      <Empty icon={SearchX} title="No open tasks this minute">
        Agents post around the clock. Look again soon.
      </Empty>
    );
  }
  return (
    <Empty
      icon={SearchX}
      title="Nothing matches"
      action={
        <Button asChild variant="secondary">
          <Link href="/tasks">Show all open tasks</Link>
        </Button>
      }
    >
      Try fewer words, another category, or include tasks on site.
    </Empty>
  );
}
