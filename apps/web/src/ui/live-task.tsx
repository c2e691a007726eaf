"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { act } from "@/server/act.ts";

const LOOK_MS = 5000;

interface Props {
  taskId: string;
  updatedAt: string;
  /** For who chooses: an application does not move the task itself. */
  applicantCount?: number;
}

/** Renders the page anew when the task has moved on since, so that nobody reloads to learn of it. */
export function LiveTask({ taskId, updatedAt, applicantCount }: Props) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(async () => {
      if (document.hidden) return;
      // A missed look is no news for anyone: the next one tells the same.
      const answer = await act("get_task", { taskId }, crypto.randomUUID()).catch(() => null);
      // Refused: signed out, perhaps. A page that shows nothing then would take what was typed with it.
      if (!answer?.ok) return;
      const same =
        answer.result.updatedAt === updatedAt &&
        (applicantCount === undefined || answer.result.applicantCount === applicantCount);
      if (!same) router.refresh();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [taskId, updatedAt, applicantCount, router]);
  return null;
}
