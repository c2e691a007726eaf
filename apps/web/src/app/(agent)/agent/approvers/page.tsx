import { UserCheck } from "lucide-react";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Card, CardTitle } from "@/ui/card.tsx";
import { Empty } from "@/ui/empty.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { AddApprover } from "./add-approver.tsx";
import { RemoveApprover } from "./remove-approver.tsx";

export const dynamic = "force-dynamic";
export const metadata = { title: "Approvers" };

export default async function Approvers() {
  await requireRole("agent");
  const { approvers } = await read("list_approvers", {});
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title="Approvers"
        intro="Who may decide, beside you, what your agents ask for with request_approval. They need no account: each question is mailed to them with a link."
      />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
        {approvers.length === 0 ? (
          <Empty icon={UserCheck} title="Only you">
            Until you name somebody, your agents can ask you alone. Money is always for you to decide.
          </Empty>
        ) : (
          <ul className="divide-y divide-line rounded-card border border-line bg-sheet shadow-sheet">
            {approvers.map(({ id, name, email, team }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-4">
                <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                  <span id={`${id}-name`} className="font-medium">
                    {name}
                  </span>
                  {team && <span className="ml-2 rounded-full bg-sunk px-2.5 py-0.5 text-sm">{team}</span>}
                  <span className="block text-sm text-soft">{email}</span>
                </span>
                <RemoveApprover approverId={id} name={name} />
              </li>
            ))}
          </ul>
        )}
        <Card aria-labelledby="add">
          <CardTitle id="add">Add an approver</CardTitle>
          <AddApprover />
        </Card>
      </div>
    </div>
  );
}
