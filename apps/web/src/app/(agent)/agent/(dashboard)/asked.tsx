import { cleanText, type Output } from "@humans2ai/core";
import { ChevronRight, MessageCircleQuestion } from "lucide-react";
import Link from "next/link";
import { Countdown } from "@/ui/countdown.tsx";

/** What the owner's agents want to do, and ask first. */
export function Asked({ confirmations, approvals }: Output<"list_confirmations"> & Output<"list_approvals">) {
  const questions = [
    ...confirmations.map(({ id, message, expiresAt }) => ({ id, message, expiresAt })),
    ...approvals.map(({ approvalId: id, action: message, expiresAt }) => ({ id, message, expiresAt })),
  ];
  if (questions.length === 0) return null;
  return (
    <section aria-labelledby="asked" className="mb-10 rounded-card border border-accent bg-accent-wash p-5">
      <h2 id="asked" className="flex items-center gap-2 font-medium">
        <MessageCircleQuestion aria-hidden className="size-5 text-accent" />
        Your agent asks you
      </h2>
      <ul className="mt-3 divide-y divide-line">
        {questions.map(({ id, message, expiresAt }) => (
          <li key={id}>
            <Link href={`/approve/${id}`} className="group flex items-center gap-4 py-3">
              <span className="min-w-0 flex-1">
                <span className="line-clamp-2 font-medium group-hover:text-accent [overflow-wrap:anywhere]">
                  {cleanText(message)}
                </span>
                <span className="mt-0.5 block text-sm text-soft">
                  Time left: <Countdown to={expiresAt} />
                </span>
              </span>
              <ChevronRight aria-hidden className="size-5 shrink-0 text-soft group-hover:text-accent" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
