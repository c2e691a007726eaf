"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { act } from "@/server/act.ts";
import { fingerprint } from "../standing.ts";

const LOOK_MS = 2000;

/** Renders the page anew when a delivery has come or has fared otherwise since. */
export function LiveDeliveries({ webhookId, seen, page }: { webhookId: string; seen: string; page: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(async () => {
      if (document.hidden) return;
      // A missed look is no news for anyone: the next one tells the same.
      const input = { webhookId, page, limit: 20 };
      const answer = await act("list_deliveries", input, crypto.randomUUID()).catch(() => null);
      if (!answer?.ok) return;
      if (fingerprint(answer.result.deliveries) !== seen) router.refresh();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [webhookId, seen, page, router]);
  return null;
}
