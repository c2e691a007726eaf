import type { ReactNode } from "react";
import { Card } from "./card.tsx";

interface Props {
  action: string;
  details: string | null;
  /** The answer that was given, or the form that takes it: below all that it is about. */
  children: ReactNode;
}

/** What an agent asks people to approve; its words are cleaned by who reads them, and are never anything but text. */
export function ApprovalQuestion({ action, details, children }: Props) {
  return (
    <Card aria-labelledby="question">
      <p className="text-sm text-soft">The agent says that it wants to do this:</p>
      <h2 id="question" className="display mt-2 whitespace-pre-wrap text-2xl [overflow-wrap:anywhere]">
        {action}
      </h2>
      {details && (
        <>
          <p className="mt-5 text-sm text-soft">What it tells you about it:</p>
          <p className="mt-1 whitespace-pre-wrap border-edge border-l-2 pl-4 [overflow-wrap:anywhere]">
            {details}
          </p>
        </>
      )}
      {children}
    </Card>
  );
}
