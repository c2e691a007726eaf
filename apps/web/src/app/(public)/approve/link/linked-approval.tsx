"use client";

import type { Output } from "@humans2ai/core";
import { useEffect, useRef, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { type Answer, ApprovalAnswer, ApprovalOutcome } from "@/ui/approval-answer.tsx";
import { ApprovalQuestion } from "@/ui/approval-question.tsx";
import { Countdown } from "@/ui/countdown.tsx";
import { useLinkToken } from "@/ui/link-token.ts";
import { useTool } from "@/ui/use-tool.ts";

type Linked = Output<"view_approval">;

export function LinkedApproval() {
  const token = useLinkToken();
  if (token === null) return <p>This page is opened by the link in our mail.</p>;
  return token ? <ApprovalOf key={token} token={token} /> : <p>One moment …</p>;
}

/** A press answers, not the opening of the page: programs that look through mails open every link in them. */
function ApprovalOf({ token }: { token: string }) {
  const view = useTool("view_approval");
  const [approval, setApproval] = useState<Linked | null>(null);
  const look = useRef(view.run);
  look.current = view.run;
  useEffect(() => {
    void look.current({ token }).then(setApproval);
  }, [token]);
  if (!approval) return view.error ? <Alert>{view.error.message}</Alert> : <p>One moment …</p>;
  return (
    <>
      <p className="-mt-4 mb-8 text-soft [overflow-wrap:anywhere]">
        {approval.you}, an AI agent of <b>{approval.askedBy}</b> asks you, whom they named as an approver.
      </p>
      <ApprovalQuestion action={approval.action} details={approval.details}>
        {approval.status === "pending" ? (
          <LinkAnswer token={token} approval={approval} onDone={setApproval} />
        ) : (
          <ApprovalOutcome
            status={approval.status}
            by={approval.decidedBy}
            choice={approval.choice}
            comment={approval.comment}
            at={approval.decidedAt}
          />
        )}
      </ApprovalQuestion>
    </>
  );
}

interface Props {
  token: string;
  approval: Linked;
  onDone: (approval: Linked) => void;
}

function LinkAnswer({ token, approval, onDone }: Props) {
  const { run, ...form } = useTool("answer_approval");
  async function onAnswer(answer: Answer) {
    const done = await run({ token, ...answer }, "Your answer is given.");
    if (done) onDone(done);
  }
  return (
    <>
      <ApprovalAnswer {...form} choices={approval.choices} onAnswer={onAnswer} />
      <p className="mt-4 text-sm text-soft">
        Nothing happens without an answer. Time left: <Countdown to={approval.expiresAt} />
      </p>
    </>
  );
}
