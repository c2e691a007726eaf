import { ShieldQuestion } from "lucide-react";
import type { TaskSummary } from "@/ui/types.ts";
import { When } from "@/ui/when.tsx";
import { Asked, CaseHead } from "./brief.tsx";
import { ReviewButtons } from "./review-buttons.tsx";

export function Listing({ task }: { task: TaskSummary }) {
  return (
    <article
      aria-labelledby={task.id}
      className="rounded-card border border-line bg-sheet p-5 shadow-sheet sm:p-6"
    >
      <CaseHead task={task}>
        <span>
          closes <When at={task.deadline} />
        </span>
      </CaseHead>
      <p className="my-4 flex w-fit gap-2 rounded-control bg-waiting-wash px-3 py-2 text-waiting">
        <ShieldQuestion aria-hidden className="mt-0.5 size-5 shrink-0" />
        <span className="[overflow-wrap:anywhere]">
          Why it is here: {task.reviewReason ?? "no reason was noted"}
        </span>
      </p>
      <Asked task={task} />
      <ReviewButtons taskId={task.id} budget={task.budget} />
    </article>
  );
}
