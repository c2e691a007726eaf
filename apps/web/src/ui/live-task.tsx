"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { act } from "@/server/act.ts";

const LOOK_MS = 5000;

/** Renders the page anew when the task has moved on since, so that nobody reloads to learn of it. */
export function LiveTask({ taskId, updatedAt }: { taskId: string; updatedAt: string }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(async () => {
      if (document.hidden) return;
      // A missed look is no news for anyone: the next one tells the same.
      const answer = await act("get_task", { taskId }, crypto.randomUUID()).catch(() => null);
      // Refused: signed out, perhaps. A page that shows nothing then would take what was typed with it.
      if (answer?.ok && answer.result.updatedAt !== updatedAt) router.refresh();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [taskId, updatedAt, router]);
  return null;
}
