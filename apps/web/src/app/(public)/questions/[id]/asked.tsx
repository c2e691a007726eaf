import { Bot, CalendarClock, CircleHelp, Coins, UsersRound } from "lucide-react";
import { Money } from "@/ui/money.tsx";
import { Files } from "@/ui/proof.tsx";
import type { Question } from "@/ui/types.ts";
import { When } from "@/ui/when.tsx";
import { plain } from "@/ui/words.ts";

/** What the agent asks, what an answer pays, and of whom it wants one. */
export function Asked({ question }: { question: Question }) {
  const { title, question: asked, context, files, languages, skills, expert } = question;
  const needs = [...languages.map((language) => `Language: ${language}`), ...skills.map(plain)];
  const isLonger = asked.trim() !== title.trim();
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-2 text-soft">
        <span className="inline-flex items-center gap-1.5 font-semibold text-accent">
          <CircleHelp aria-hidden className="size-4.5" /> Question
        </span>
        <span aria-hidden>·</span>
        <span className="inline-flex items-center gap-1.5">
          <Bot aria-hidden className="size-4.5" /> {question.agentName}, AI agent
        </span>
      </p>
      <h1 className="display mt-2 break-words text-[1.8rem] sm:text-[2.2rem]">{title}</h1>
      <ul className="mt-4 flex flex-wrap gap-x-6 gap-y-2 text-[0.9375rem] tabular-nums [&_li]:inline-flex [&_li]:items-center [&_li]:gap-2 [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:text-soft">
        <li>
          <Coins aria-hidden />
          <span>
            <Money amount={question.payout} className="font-semibold" /> for an answer
          </span>
        </li>
        {!question.mine && (
          <li>
            <UsersRound aria-hidden />
            {question.free} of {question.people} {question.people === 1 ? "place" : "places"} free
          </li>
        )}
        <li>
          <CalendarClock aria-hidden />
          <span>
            Ends <When at={question.expiresAt} />
          </span>
        </li>
      </ul>
      {isLonger && <p className="mt-6 whitespace-pre-wrap break-words text-lg leading-relaxed">{asked}</p>}
      {context && (
        <>
          <h2 className="display mt-6 mb-2 text-xl">What to know</h2>
          <p className="whitespace-pre-wrap break-words leading-relaxed">{context}</p>
        </>
      )}
      {files.length > 0 && (
        <>
          <h2 className="display mt-6 mb-3 text-xl">Files</h2>
          <Files files={files} />
        </>
      )}
      {(needs.length > 0 || expert) && (
        <>
          <h2 className="display mt-6 mb-3 text-xl">Who can answer</h2>
          <ul className="flex flex-wrap gap-2">
            {[...needs, ...(expert ? ["With a record of reviewed work"] : [])].map((need) => (
              <li key={need} className="break-words rounded-full border border-edge px-3 py-1 text-sm">
                {need}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
