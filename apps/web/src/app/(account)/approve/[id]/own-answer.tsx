"use client";

import { type Answer, ApprovalAnswer } from "@/ui/approval-answer.tsx";
import { useTool } from "@/ui/use-tool.ts";

export function OwnAnswer({ approvalId, choices }: { approvalId: string; choices: string[] }) {
  const { run, ...form } = useTool("decide_approval");
  const onAnswer = (answer: Answer) => run({ approvalId, ...answer }, "Your answer is given.");
  return <ApprovalAnswer {...form} choices={choices} onAnswer={onAnswer} />;
}
