import { transferKindNames } from "@humans2ai/core/wire";
import type { Metadata } from "next";
import { oneOf, pageOf, type Query } from "@/server/query.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { WalletView } from "@/ui/wallet-view.tsx";

export const metadata: Metadata = { title: "Wallet" };
export const dynamic = "force-dynamic";

export default async function WalletPage({ searchParams }: { searchParams: Query }) {
  const { role } = await requireRole("human", "agent");
  const query = await searchParams;
  const type = oneOf(transferKindNames, query.type);
  const [wallet, { transactions, pagination }, { tasks }] = await Promise.all([
    read("get_wallet", {}),
    read("get_transactions", { ...(type ? { type } : {}), page: pageOf(query.page), limit: 20 }),
    read("list_my_tasks", { limit: 100 }),
  ]);
  return (
    <div className="page py-10 sm:py-14">
      <PageHeader title="Wallet" intro="Every movement of your money, with the task it belongs to." />
      <WalletView
        wallet={wallet}
        transactions={transactions}
        pagination={pagination}
        type={type}
        promised={tasks.reduce((sum, t) => sum + (t.escrowStatus === "held" ? t.payout.humanPayout : 0), 0)}
        titles={Object.fromEntries(tasks.map((t) => [t.id, t.title]))}
        role={role === "agent" ? "agent" : "human"}
      />
    </div>
  );
}
