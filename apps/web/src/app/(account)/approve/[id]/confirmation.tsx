import { cleanText, type Output } from "@humans2ai/core";
import Link from "next/link";
import { read } from "@/server/read.ts";
import { Card, CardTitle } from "@/ui/card.tsx";
import { Countdown } from "@/ui/countdown.tsx";
import { Money } from "@/ui/money.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Verbatim } from "@/ui/verbatim.tsx";
import { When } from "@/ui/when.tsx";
import { Decide } from "./decide.tsx";

export type ConfirmationView = Output<"get_confirmation">;

/** What the agent wants to do with money, with the real numbers, and the two answers. */
export async function Confirmation({ confirmation: c }: { confirmation: ConfirmationView }) {
  const human = c.tool === "select_applicant" ? await applicant(c) : null;
  return (
    <div className="page max-w-3xl py-8 sm:py-12">
      <PageHeader
        title="Your agent asks for your yes"
        intro={
          <>
            Asked by <b className="[overflow-wrap:anywhere]">{cleanText(c.askedBy)}</b>{" "}
            <When at={c.createdAt} />
          </>
        }
      />
      <div className="flex flex-col gap-6">
        <Card aria-labelledby="question">
          <h2 id="question" className="display whitespace-pre-wrap text-2xl [overflow-wrap:anywhere]">
            {cleanText(c.message)}
          </h2>
          <Numbers confirmation={c} human={human} />
          <Answer confirmation={c} />
        </Card>
        <Card aria-labelledby="bound">
          <CardTitle id="bound">What exactly will be done</CardTitle>
          <p className="mb-4 text-soft">
            Your agent wrote this. Your yes holds for these words and numbers only, once.
          </p>
          <Verbatim parts={[{ name: "action", value: c.tool }, ...c.params.map(cleaned)]} />
        </Card>
      </div>
    </div>
  );
}

const cleaned = ({ name, value }: { name: string; value: string }) => ({
  name: cleanText(name),
  value: cleanText(value),
});

async function applicant({ taskId, params }: ConfirmationView): Promise<string | null> {
  const humanId = params.find(({ name }) => name === "humanId")?.value;
  if (!taskId || !humanId) return null;
  const { applications } = await read("list_applicants", { taskId });
  return applications.find((one) => one.humanId === humanId)?.humanName ?? null;
}

function Numbers({ confirmation: c, human }: { confirmation: ConfirmationView; human: string | null }) {
  const { humanPayout, platformFee, total } = c.payout;
  const rows = [
    ["To the human", humanPayout],
    ["Platform fee", platformFee],
    ["Budget of the task", total],
  ] as const;
  return (
    <dl className="mt-5 grid gap-2 border-line border-t border-dashed pt-4">
      {c.taskId && (
        <div className="flex flex-wrap gap-x-2">
          <dt className="text-soft">Task</dt>
          <dd className="[overflow-wrap:anywhere]">
            <Link href={`/agent/tasks/${c.taskId}`} className="underline underline-offset-4">
              {cleanText(c.taskTitle ?? "") || c.taskId}
            </Link>
          </dd>
        </div>
      )}
      {human && (
        <div className="flex flex-wrap gap-x-2">
          <dt className="text-soft">Applicant</dt>
          <dd className="[overflow-wrap:anywhere]">{cleanText(human)}</dd>
        </div>
      )}
      {rows.map(([label, amount]) => (
        <div key={label} className="flex gap-2 last:font-semibold">
          <dt className="flex flex-1 gap-2">
            {label}
            <span aria-hidden className="leader" />
          </dt>
          <dd>
            <Money amount={amount} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const ended = {
  approved: "You said yes. Your agent can do it now, once.",
  used: "You said yes, and it was done.",
  declined: "You said no. Nothing was done.",
  expired: "Nobody answered in time. Nothing was done; your agent can ask again.",
};

function Answer({
  confirmation: { id, status, expiresAt, decidedAt, decidedVia },
}: {
  confirmation: ConfirmationView;
}) {
  if (status !== "pending") {
    return (
      <p role="status" className="mt-5 rounded-control bg-sunk px-4 py-3 font-medium">
        {ended[status]} {decidedAt && <When at={decidedAt} className="font-normal text-soft" />}
        {decidedVia === "client" && (
          <span className="mt-1 block font-normal text-soft">The answer came by your agent's client.</span>
        )}
      </p>
    );
  }
  return (
    <>
      <Decide confirmationId={id} />
      <p className="mt-4 text-sm text-soft">
        Without an answer nothing is done. Time left: <Countdown to={expiresAt} />
      </p>
    </>
  );
}
