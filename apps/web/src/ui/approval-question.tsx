import type { ReactNode } from "react";
import { Card, CardTitle } from "./card.tsx";
import { Verbatim } from "./verbatim.tsx";

interface Props {
  action: string;
  details: string | null;
  /** The answer that was given, or the form that takes it. */
  children: ReactNode;
}

/** What an agent asks people to approve; its words are cleaned by who reads them. */
export function ApprovalQuestion({ action, details, children }: Props) {
  return (
    <div className="flex flex-col gap-6">
      <Card aria-labelledby="question">
        <p className="text-sm text-soft">The agent says that it wants to do this:</p>
        <h2 id="question" className="display mt-2 whitespace-pre-wrap text-2xl [overflow-wrap:anywhere]">
          {action}
        </h2>
        {children}
      </Card>
      {details && (
        <Card aria-labelledby="details">
          <CardTitle id="details">What the agent tells you about it</CardTitle>
          <Verbatim parts={[{ name: "details", value: details }]} />
        </Card>
      )}
    </div>
  );
}
