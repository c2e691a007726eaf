import { actionsFor, statuses, statusesFor } from "@humans2ai/core/wire";
import Link from "next/link";
import type { ReactNode } from "react";
import { applicationWords } from "@/ui/application-words.ts";
import { Button } from "@/ui/button.tsx";
import { Countdown } from "@/ui/countdown.tsx";
import { Money } from "@/ui/money.tsx";
import { Badge } from "@/ui/status-badge.tsx";
import type { TaskDetail, Viewer } from "@/ui/types.ts";
import { When } from "@/ui/when.tsx";
import { clockWords } from "@/ui/words.ts";
import { ApplyForm } from "./apply-form.tsx";
import { GiveUp } from "./give-up.tsx";
import { Withdraw } from "./withdraw.tsx";

interface Props {
  task: TaskDetail;
  viewer: Viewer;
}

/** What this viewer can do now, and when the clock acts if nobody does. */
export function NextStep({ task, viewer }: Props) {
  const content = viewer.userId === task.humanId ? <OwnWork task={task} /> : forOthers(task, viewer);
  if (!content) return null;
  return (
    <section
      id="next-step"
      tabIndex={-1}
      aria-label="Next step"
      className="rounded-card border border-accent bg-accent-wash p-5 outline-none"
    >
      {content}
    </section>
  );
}

function forOthers(task: TaskDetail, viewer: Viewer): ReactNode {
  if (viewer.userId === task.agentId) {
    return (
      <Notice
        text="This is your task, as people see it."
        href={`/agent/tasks/${task.id}`}
        label="Open it in your dashboard"
      />
    );
  }
  if (viewer.role === "visitor") return <Visitor task={task} />;
  return viewer.role === "human" ? <Applicant task={task} /> : null;
}

const takesApplications = (task: TaskDetail) => statusesFor("select").some((s) => s === task.status);

function Visitor({ task }: { task: TaskDetail }) {
  return (
    <>
      <p className="mb-4">
        Want to do this? Say so in a line or two. It is free, and the pay is in escrow already.
      </p>
      <div className="flex flex-col gap-2">
        <Button asChild size="lg">
          <Link href={`/signup?next=/tasks/${task.id}`}>Make an account to apply</Link>
        </Button>
        <Button asChild variant="ghost">
          <Link href={`/login?next=/tasks/${task.id}`}>I have one already</Link>
        </Button>
      </div>
    </>
  );
}

function Applicant({ task }: { task: TaskDetail }) {
  const mine = task.myApplication;
  const open = takesApplications(task);
  const canApply = open && mine?.status !== "pending";
  return (
    <>
      {mine && (
        <div className={canApply ? "mb-5" : ""}>
          <Badge tone={applicationWords[mine.status].tone} label={applicationWords[mine.status].label} />
          <p className="mt-2">{applicationWords[mine.status].text}</p>
          <p className="mt-2 text-sm text-soft">
            Your note, <When at={mine.appliedAt} />: <q className="break-words">{mine.message}</q>
          </p>
          {open && !canApply && <Withdraw taskId={task.id} />}
        </div>
      )}
      {canApply &&
        (task.applicantCount >= task.maxApplications ? (
          <p>{task.maxApplications} people have applied, so this task takes no more for now.</p>
        ) : (
          <ApplyForm taskId={task.id} again={mine !== null} />
        ))}
      {!open && !mine && <p>This task takes no applications any more.</p>}
    </>
  );
}

/** The assigned human: whose move it is, the countdown, and the ways out. */
function OwnWork({ task }: { task: TaskDetail }) {
  const words = task.nextAction && clockWords[task.nextAction];
  const myMove = task.allowedActions.length > 0;
  const turnOf = (["agent", "admin"] as const).find((role) => actionsFor(task.status, role).length > 0);
  return (
    <>
      <h2 className="display text-xl">{myMove ? "Your move" : headlines[statuses[task.status].escrow]}</h2>
      {turnOf && !myMove && <p className="mt-1">{waiting[turnOf]}</p>}
      {task.escrowStatus === "released" && (
        <p className="mt-1">
          <Money amount={task.payout.humanPayout} className="font-semibold" /> went into your wallet
          {task.completedAt && (
            <>
              {" "}
              <When at={task.completedAt} />
            </>
          )}
          .
        </p>
      )}
      {words && task.nextAt && (
        <p className="mt-3">
          <span className="block text-sm text-soft">{words.human}</span>
          <Countdown to={task.nextAt} className="display text-2xl" />
        </p>
      )}
      {task.resolution && (
        <p className="mt-3">
          <span className="block text-sm text-soft">The admin’s decision</span>
          <q className="break-words">{task.resolution}</q>
        </p>
      )}
      {task.allowedActions.some((a) => a === "submit" || a === "resubmit") && (
        <Button asChild className="mt-4 w-full">
          <a href="#proof">To the proof form</a>
        </Button>
      )}
      {task.allowedActions.includes("give_up") && <GiveUp taskId={task.id} />}
    </>
  );
}

const waiting = {
  agent: "The agent looks at your proof now. You need do nothing.",
  admin: "A person from Humans2AI reads what both sides say and decides. The money stays locked until then.",
};

const headlines = {
  held: "Nothing to do right now",
  released: "Done, and paid",
  refunded: "This task is closed",
};

function Notice({ text, href, label }: { text: string; href: string; label: string }) {
  return (
    <>
      <p className="mb-4">{text}</p>
      <Button asChild>
        <Link href={href}>{label}</Link>
      </Button>
    </>
  );
}
