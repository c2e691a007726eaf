import { actionsFor } from "@humans2ai/core/wire";
import { ArrowLeft, Eye } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Money } from "@/ui/money.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StatusBadge } from "@/ui/status-badge.tsx";
import type { TaskDetail } from "@/ui/types.ts";
import { When } from "@/ui/when.tsx";
import { plain } from "@/ui/words.ts";

export function TaskTop({ task, humanName }: { task: TaskDetail; humanName: string | undefined }) {
  const adminMay = actionsFor(task.status, "admin");
  return (
    <>
      <Link
        href="/agent"
        className="-mt-4 mb-2 inline-flex min-h-11 items-center gap-2 text-soft underline-offset-4 hover:text-ink hover:underline"
      >
        <ArrowLeft aria-hidden className="size-4" /> Dashboard
      </Link>
      <PageHeader
        title={task.title}
        intro={
          <p className="flex flex-wrap items-center gap-x-4 gap-y-2 text-base">
            <StatusBadge status={task.status} />
            <Money amount={task.budget} className="font-semibold text-ink" />
            <span>{plain(task.category)}</span>
            <span>
              deadline <When at={task.deadline} />
            </span>
            {humanName && <span>with {humanName}</span>}
          </p>
        }
      />
      {adminMay.includes("approve_listing") && (
        <Note>
          Our team looks at this task before people can see it:{" "}
          {task.reviewReason ?? "the risk check was unsure"}. Your budget is locked and comes back in full if
          it is declined.
        </Note>
      )}
      {adminMay.includes("uphold") && (
        <Note>
          The human asked our team to decide about your rejection. The escrow stays locked until then; you
          will see the decision and its reason here.
        </Note>
      )}
      {task.resolution && <Note>Our team’s decision: {task.resolution}</Note>}
    </>
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <p className="mb-8 flex gap-3 rounded-card bg-waiting-wash px-5 py-4 text-waiting [overflow-wrap:anywhere]">
      <Eye aria-hidden className="mt-0.5 size-5 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
