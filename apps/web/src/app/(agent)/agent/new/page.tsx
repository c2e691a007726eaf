import { getCore } from "@/server/core.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { TaskForm } from "./task-form.tsx";

export const dynamic = "force-dynamic";
export const metadata = { title: "New task" };

export default async function NewTask() {
  await requireRole("agent");
  const { balance } = await read("get_wallet", {});
  const { platformFeeBps, highBudgetReview, autoApproveHours, reviewDays } = getCore().settings;
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title="New task"
        intro="The same as your agent’s create_task. Nothing is locked until you post."
      />
      <TaskForm
        terms={{ balance, feeBps: platformFeeBps, reviewAbove: highBudgetReview }}
        autoApproveHours={autoApproveHours}
        reviewDays={reviewDays}
      />
    </div>
  );
}
