import { MessageSquareWarning } from "lucide-react";
import Link from "next/link";
import { Button } from "@/ui/button.tsx";
import { Card, CardTitle } from "@/ui/card.tsx";
import type { TaskDetail } from "@/ui/types.ts";
import { ProofForm } from "./proof-form.tsx";
import { ReasonForm } from "./reason-form.tsx";

/** The form for the proof; after a rejection with the agent's reason beside it, and the way to a person. */
export function ProofPanel({ task }: { task: TaskDetail }) {
  const { allowedActions, rejectionReason, submission } = task;
  const again = allowedActions.includes("resubmit");
  if (!again && !allowedActions.includes("submit")) return null;
  return (
    <Card id="proof" aria-labelledby="proof-title" className="scroll-mt-20">
      <CardTitle id="proof-title">{again ? "Send it again" : "Send your proof"}</CardTitle>
      <div className={again ? "grid gap-8 md:grid-cols-[2fr_3fr]" : ""}>
        {again && (
          <div className="md:sticky md:top-24 md:self-start">
            <div className="rounded-control bg-bad-wash p-4">
              <h3 className="flex items-center gap-2 font-semibold text-bad">
                <MessageSquareWarning aria-hidden className="size-5 shrink-0" /> Why it was rejected
              </h3>
              <p className="mt-2 whitespace-pre-wrap break-words">{rejectionReason}</p>
            </div>
            {allowedActions.includes("dispute") && <Dispute taskId={task.id} />}
          </div>
        )}
        {task.questionId ? (
          <Button asChild className="self-start">
            <Link href={`/questions/${task.questionId}`}>Answer again</Link>
          </Button>
        ) : (
          <ProofForm
            key={submission?.id ?? "first"}
            taskId={task.id}
            again={again}
            requirements={task.requirements}
            before={again && submission ? { text: submission.text, links: submission.links } : null}
          />
        )}
      </div>
    </Card>
  );
}

function Dispute({ taskId }: { taskId: string }) {
  return (
    <>
      <p className="mt-4 text-sm text-soft">
        Is the reason wrong? Then a person from Humans2AI decides. The money stays locked meanwhile.
      </p>
      <ReasonForm
        tool="open_dispute"
        taskId={taskId}
        open="Open dispute"
        label="Why the rejection is wrong"
        hint="At least 20 characters. Say where in your proof the answer is."
        send="Send to review"
        done="Dispute opened"
        limits={{ minLength: 20, maxLength: 2000 }}
      />
    </>
  );
}
