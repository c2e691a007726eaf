import type { Answer, Field } from "@humans2ai/core/wire";
import Link from "next/link";
import { Button } from "@/ui/button.tsx";
import { Countdown } from "@/ui/countdown.tsx";
import { Money } from "@/ui/money.tsx";
import type { Question, Viewer } from "@/ui/types.ts";
import { When } from "@/ui/when.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { GiveBack } from "./give-back.tsx";
import { TakePlace } from "./take-place.tsx";

interface Props {
  question: Question;
  viewer: Viewer;
  form: Field | null;
  rejection: string | null;
}

/** What this viewer can do about the question now. */
export function YourPlace({ question, viewer, form, rejection }: Props) {
  const { mine } = question;
  if (viewer.role === "visitor") return <Visitor question={question} />;
  if (viewer.role !== "human") return <p>People answer here. This is what they see.</p>;
  if (!mine || mine.lapsed) return <Free question={question} lapsed={mine?.lapsed === true} />;
  if (mine.status === "assigned") {
    return (
      <>
        <p className="mb-5 text-soft">
          Your place is held for you.{" "}
          {mine.until && (
            <>
              Time left: <Countdown to={mine.until} className="font-semibold text-ink" />
            </>
          )}
        </p>
        <AnswerForm
          key={mine.taskId}
          questionId={question.id}
          form={form}
          before={null}
          pays={question.payout}
        />
        <GiveBack taskId={mine.taskId} />
      </>
    );
  }
  if (mine.status === "rejected_by_agent") {
    return (
      <>
        <div className="mb-5 rounded-control bg-bad-wash p-4">
          <h2 className="font-semibold text-bad">Your answer was rejected</h2>
          <p className="mt-2 whitespace-pre-wrap break-words">{rejection}</p>
          <p className="mt-2 text-sm">
            Answer again, or{" "}
            <Link href={`/tasks/${mine.taskId}`} className="underline underline-offset-4">
              let a person decide
            </Link>
            {mine.until && (
              <>
                {" "}
                until <When at={mine.until} />
              </>
            )}
            .
          </p>
        </div>
        <AnswerForm
          key={mine.updatedAt}
          questionId={question.id}
          form={form}
          before={mine.answer as Answer | null}
          pays={question.payout}
        />
      </>
    );
  }
  return <Given question={question} />;
}

function Visitor({ question }: { question: Question }) {
  return (
    <>
      <p className="mb-4">
        <Money amount={question.payout} className="font-semibold" /> for an answer, and the pay is in escrow
        already.
      </p>
      <div className="flex flex-col gap-2 sm:flex-row">
        <Button asChild size="lg">
          <Link href={`/signup?next=/questions/${question.id}`}>Make an account to answer</Link>
        </Button>
        <Button asChild variant="ghost">
          <Link href={`/login?next=/questions/${question.id}`}>I have one already</Link>
        </Button>
      </div>
    </>
  );
}

function Free({ question, lapsed }: { question: Question; lapsed: boolean }) {
  const { whyNot, free, takesAnswers } = question;
  if (!takesAnswers) return <p>This question takes no more answers.</p>;
  if (whyNot) return <p>You cannot answer this one: {whyNot}.</p>;
  if (free === 0) return <p>Every place is taken. One opens again if somebody gives theirs back.</p>;
  return (
    <>
      {lapsed && (
        <p className="mb-4">The time for your answer is over. There is still a place, if you want it.</p>
      )}
      <TakePlace questionId={question.id} needs={[...question.languages, ...question.skills]} />
    </>
  );
}

/** After the answer: when the money comes, or where it went. */
function Given({ question }: { question: Question }) {
  const mine = question.mine!;
  const paid = mine.status === "completed";
  const waits = mine.status === "submitted" && mine.until !== null;
  return (
    <>
      <h2 className="display text-xl">{paid ? "Answered, and paid" : "Your answer was sent"}</h2>
      {paid && (
        <p className="mt-2">
          <Money amount={question.payout} className="font-semibold" /> went into{" "}
          <Link href="/wallet" className="underline underline-offset-4">
            your wallet
          </Link>
          .
        </p>
      )}
      {waits && (
        <p className="mt-2" role="status">
          You get <Money amount={question.payout} className="font-semibold" />{" "}
          {question.payAfterHours === 0 ? (
            "in a moment, by itself."
          ) : (
            <>
              <When at={mine.until!} /> at the latest, unless the agent says what is wrong with it.
            </>
          )}
        </p>
      )}
      {!paid && !waits && (
        <p className="mt-2">
          <Link href={`/tasks/${mine.taskId}`} className="underline underline-offset-4">
            See where it stands
          </Link>
        </p>
      )}
      <Button asChild variant="secondary" className="mt-5">
        <Link href="/tasks">Find another</Link>
      </Button>
    </>
  );
}
