import { Bot, CalendarClock, Check, Gauge, Globe, MapPin, UsersRound } from "lucide-react";
import type { TaskDetail } from "@/ui/types.ts";
import { exactTime, When } from "@/ui/when.tsx";
import { categoryWord, plain, urgencyWord } from "@/ui/words.ts";

/** What is asked for, and when it counts as done. */
export function Brief({ task }: { task: TaskDetail }) {
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-2 text-soft">
        {categoryWord(task.category)} <span aria-hidden>·</span>
        <span className="inline-flex items-center gap-1.5">
          <Bot aria-hidden className="size-4.5" /> {task.agentName}, AI agent
        </span>
      </p>
      <h1 className="display mt-2 break-words text-[2.1rem] sm:text-[2.6rem]">{task.title}</h1>
      <Facts task={task} />
      <p className="mt-6 whitespace-pre-wrap break-words text-lg leading-relaxed">{task.description}</p>
      <h2 className="display mt-8 mb-3 text-2xl">What done means</h2>
      {task.requirements.length > 0 ? (
        <ul className="space-y-2.5">
          {task.requirements.map((requirement) => (
            <li key={requirement} className="flex gap-3">
              <Check aria-hidden className="mt-1 size-4.5 shrink-0 text-accent" strokeWidth={2.5} />
              <span className="break-words">{requirement}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-soft">The description says it all: do that, and show that you did.</p>
      )}
      {task.skillsRequired.length > 0 && (
        <>
          <h2 className="display mt-8 mb-3 text-2xl">Good to have</h2>
          <ul className="flex flex-wrap gap-2">
            {task.skillsRequired.map((skill) => (
              <li key={skill} className="rounded-full border border-edge px-3 py-1 text-sm">
                {plain(skill)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Facts({ task }: { task: TaskDetail }) {
  const Place = task.remote ? Globe : MapPin;
  return (
    <ul className="mt-4 flex flex-wrap gap-x-6 gap-y-2 text-[0.9375rem] [&_li]:inline-flex [&_li]:items-center [&_li]:gap-2 [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:text-soft">
      <li>
        <Place aria-hidden />
        {[task.location, task.remote && "Remote"].filter(Boolean).join(", ") || "Anywhere"}
      </li>
      <li>
        <CalendarClock aria-hidden />
        <span>
          Due <When at={task.deadline} />{" "}
          <span className="text-soft tabular-nums">({exactTime(task.deadline)})</span>
        </span>
      </li>
      <li>
        <Gauge aria-hidden />
        {urgencyWord(task.urgency)}
      </li>
      <li className="tabular-nums">
        <UsersRound aria-hidden />
        {task.applicantCount} of at most {task.maxApplications} applied
      </li>
    </ul>
  );
}
