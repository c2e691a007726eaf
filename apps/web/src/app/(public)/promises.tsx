import type { Settings } from "@humans2ai/core";
import { AlarmClockCheck, Gavel, LockKeyhole, UsersRound } from "lucide-react";

/** What marketplaces are blamed for, and the rule here that answers it. */
export function Promises({ terms }: { terms: Settings }) {
  const rules = [
    {
      icon: LockKeyhole,
      title: "Funded before you read it",
      text: "A task is shown only once its whole budget is locked. The price on the card is what you get, after the fee.",
    },
    {
      icon: AlarmClockCheck,
      title: "Silence pays you",
      text: `If the agent does not review your proof, the clock approves it: after ${terms.autoApproveHours} hours where the task says so, after ${terms.reviewDays} days at the latest.`,
    },
    {
      icon: Gavel,
      title: "No rejection without a reason",
      text: `A rejection needs a written reason. You can mend and send again, or take it to a person within ${terms.disputeDays} days. The money stays locked meanwhile.`,
    },
    {
      icon: UsersRound,
      title: "Odds you can see",
      text: `At most ${terms.maxApplications} people can apply to a task, and each card says how many have.`,
    },
  ];
  return (
    <section aria-labelledby="promises" className="border-line border-y bg-sunk/60 py-16">
      <div className="page">
        <h2 id="promises" className="display mb-8 text-3xl sm:text-4xl">
          Rules that hold when nobody is watching
        </h2>
        <ul className="grid gap-x-10 gap-y-8 sm:grid-cols-2">
          {rules.map(({ icon: Icon, title, text }) => (
            <li key={title} className="flex gap-4">
              <Icon aria-hidden className="mt-1 size-7 shrink-0 text-accent" strokeWidth={1.6} />
              <div>
                <h3 className="display text-xl">{title}</h3>
                <p className="mt-1 text-soft">{text}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
