import { SearchX } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { oneOf, pageOf, type Query, textOf } from "@/server/query.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Button } from "@/ui/button.tsx";
import { Empty } from "@/ui/empty.tsx";
import { Input, Select } from "@/ui/field.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pager } from "@/ui/pager.tsx";
import { Badge } from "@/ui/status-badge.tsx";
import { When } from "@/ui/when.tsx";
import { plain } from "@/ui/words.ts";

export const metadata = { title: "Users" };

const ROLES = ["human", "agent", "admin"] as const;

interface Filters {
  search: string | undefined;
  role: (typeof ROLES)[number] | undefined;
  suspended: "true" | "false" | undefined;
}

function addressOf(filters: Filters, page: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value);
  if (page > 1) query.set("page", `${page}`);
  return query.size ? `/admin/users?${query}` : "/admin/users";
}

export default async function Users({ searchParams }: { searchParams: Query }) {
  await requireRole("admin");
  const query = await searchParams;
  const filters: Filters = {
    search: textOf(query.search, 100),
    role: oneOf(ROLES, query.role),
    suspended: oneOf(["true", "false"] as const, query.suspended),
  };
  const { search, role, suspended } = filters;
  const { users, pagination } = await read("list_users", {
    ...(search ? { search } : {}),
    ...(role ? { role } : {}),
    ...(suspended ? { suspended: suspended === "true" } : {}),
    page: pageOf(query.page),
  });
  const { totalItems } = pagination;
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader title="Users" intro="Everybody with an account, the newest first." />
      <FilterForm filters={filters} />
      <p role="status" className="mt-8 mb-4 text-soft tabular-nums">
        {totalItems === 1 ? "1 account" : `${totalItems} accounts`}
      </p>
      {users.length === 0 ? (
        <Empty icon={SearchX} title="Nobody matches">
          Try part of an email or a name, or a whole user ID.
        </Empty>
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-sheet shadow-sheet">
          {users.map((user) => (
            <li
              key={user.id}
              className="relative flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 py-4 hover:bg-sunk"
            >
              <div className="min-w-0 flex-1 basis-64">
                <Link
                  href={`/admin/users/${user.id}`}
                  className="font-semibold [overflow-wrap:anywhere] after:absolute after:inset-0"
                >
                  {user.displayName}
                </Link>
                <p className="text-sm text-soft [overflow-wrap:anywhere]">{user.email}</p>
              </div>
              {user.suspendedAt && <Badge tone="bad" label="Suspended" />}
              <p className="text-sm text-soft">
                {plain(user.role)}, joined <When at={user.createdAt} />
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pager pagination={pagination} href={(page) => addressOf(filters, page)} />
    </div>
  );
}

function FilterForm({ filters }: { filters: Filters }) {
  return (
    <Form
      key={addressOf(filters, 1)}
      action="/admin/users"
      role="search"
      className="grid items-end gap-4 rounded-card border border-line bg-sheet p-4 shadow-sheet sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_auto]"
    >
      <Input
        label="Search users"
        type="search"
        name="search"
        maxLength={100}
        placeholder="Email, name or ID"
        defaultValue={filters.search}
      />
      <Select label="Role" name="role" defaultValue={filters.role ?? ""}>
        <option value="">Any</option>
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {plain(role)}
          </option>
        ))}
      </Select>
      <Select label="Standing" name="suspended" defaultValue={filters.suspended ?? ""}>
        <option value="">Any</option>
        <option value="true">Suspended</option>
        <option value="false">Not suspended</option>
      </Select>
      <Button type="submit">Search</Button>
    </Form>
  );
}
