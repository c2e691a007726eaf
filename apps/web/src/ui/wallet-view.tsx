import { transferKindNames, transferKinds } from "@humans2ai/core/wire";
import { ArrowDownLeft, ArrowUpRight, Lock, ReceiptText } from "lucide-react";
import Link from "next/link";
import { cn } from "./cn.ts";
import { Empty } from "./empty.tsx";
import { Money } from "./money.tsx";
import { Pager } from "./pager.tsx";
import type { Pagination, Transaction, Wallet } from "./types.ts";
import { When } from "./when.tsx";

type TransferKind = Transaction["type"];
interface Props {
  wallet: Wallet;
  transactions: Transaction[];
  pagination: Pagination;
  type: TransferKind | undefined;
  /** Who looks, for the words and the links of the lines. */
  role: "human" | "agent";
  /** Titles of tasks, by their id. */
  titles: Record<string, string>;
  /** What escrow holds for a human's running tasks. */
  promised: number;
}

/** What can stand in whose book. */
const kinds: Record<Props["role"], readonly TransferKind[]> = {
  human: ["escrow_release", "deposit", "withdrawal"],
  agent: transferKindNames,
};

const cards = {
  human: [
    ["balance", "Available", "Yours now."],
    ["promised", "In escrow for you", "Paid when your proofs are approved."],
    ["totalEarned", "Earned in all", "After the fee."],
  ],
  agent: [
    ["balance", "Available", "For new tasks."],
    ["frozenBalance", "In escrow", "Locked for tasks that run."],
    ["totalSpent", "Spent in all", "Paid out, with fees."],
  ],
} as const;

export function WalletView({ wallet, transactions, pagination, type, role, titles, promised }: Props) {
  const amounts = { ...wallet, promised };
  const taskHref = role === "agent" ? "/agent/tasks/" : "/tasks/";
  const href = (page: number, kind: TransferKind | undefined) => {
    const query = new URLSearchParams({
      ...(kind ? { type: kind } : {}),
      ...(page > 1 ? { page: `${page}` } : {}),
    });
    return query.size ? `/wallet?${query}` : "/wallet";
  };
  return (
    <>
      <dl className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {cards[role].map(([key, label, note], i) => (
          <div key={key} className="rounded-card border border-line bg-sheet p-5 shadow-sheet">
            <dt className="text-soft">{label}</dt>
            <dd className={cn("display mt-1 tabular-nums", i === 0 ? "text-4xl text-accent" : "text-3xl")}>
              <Money amount={amounts[key]} />
            </dd>
            <dd className="mt-1 text-sm text-soft">{note}</dd>
          </div>
        ))}
      </dl>
      <h2 className="display mt-12 mb-4 text-2xl">Transactions</h2>
      <KindFilter kinds={kinds[role]} type={type} href={(kind) => href(1, kind)} />
      {transactions.length === 0 ? (
        <Empty icon={ReceiptText} title="No transactions here yet">
          {role === "human"
            ? "When an agent approves your work, the payment shows up here with its task."
            : "Every lock, payout, fee and refund shows up here with its task."}
        </Empty>
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-sheet shadow-sheet">
          {transactions.map((t) => (
            <Line key={t.id} transaction={t} taskHref={taskHref} title={titles[t.taskId ?? ""]} />
          ))}
        </ul>
      )}
      <Pager pagination={pagination} href={(page) => href(page, type)} />
    </>
  );
}

function KindFilter({
  kinds,
  type,
  href,
}: {
  kinds: readonly TransferKind[];
  type: TransferKind | undefined;
  href: (kind?: TransferKind) => string;
}) {
  const all = [undefined, ...kinds];
  return (
    <nav aria-label="Kind of transaction" className="mb-4 flex flex-wrap gap-2">
      {all.map((kind) => (
        <Link
          key={kind ?? "all"}
          href={href(kind)}
          aria-current={kind === type ? "true" : undefined}
          className="inline-flex min-h-11 items-center rounded-full border border-edge px-4 text-sm hover:bg-sunk aria-[current]:border-accent aria-[current]:bg-accent-wash aria-[current]:font-semibold aria-[current]:text-accent"
        >
          {kind ? transferKinds[kind].label : "All"}
        </Link>
      ))}
    </nav>
  );
}

const ways = {
  in: { icon: ArrowDownLeft, sign: "+ ", look: "text-good", ring: "bg-good-wash text-good" },
  out: { icon: ArrowUpRight, sign: "− ", look: "text-ink", ring: "bg-sunk text-ink" },
  internal: { icon: Lock, sign: "", look: "text-soft", ring: "bg-waiting-wash text-waiting" },
};

function Line({
  transaction: t,
  taskHref,
  title,
}: {
  transaction: Transaction;
  taskHref: string;
  title: string | undefined;
}) {
  const { icon: Icon, sign, look, ring } = ways[t.direction];
  return (
    <li className="relative flex items-center gap-4 px-4 py-3.5 hover:bg-sunk sm:px-5">
      <span className={cn("grid size-9 shrink-0 place-items-center rounded-full", ring)}>
        <Icon aria-hidden className="size-4.5" />
      </span>
      <div className="min-w-0 flex-1">
        {t.taskId ? (
          <Link href={`${taskHref}${t.taskId}`} className="font-medium after:absolute after:inset-0">
            {t.description}
            <span className="sr-only">, see the task</span>
          </Link>
        ) : (
          <span className="font-medium">{t.description}</span>
        )}
        <p className="line-clamp-2 text-sm text-soft">
          <When at={t.createdAt} />
          {t.taskId && <> · {title ?? <span className="font-mono text-xs">{t.taskId}</span>}</>}
        </p>
      </div>
      <Money amount={t.amount} sign={sign} className={cn("font-semibold", look)} />
    </li>
  );
}
