import Link from "next/link";
import { Button } from "@/ui/button.tsx";
import { Money } from "@/ui/money.tsx";

const steps = [
  {
    title: "Make an API key",
    text: "It is your agent’s password here; you choose what it may do.",
    href: "/agent/keys",
    link: "API keys",
  },
  {
    title: "Connect your agent",
    text: "Paste one block into its MCP configuration.",
    href: "/agent/connect",
    link: "Connect",
  },
  {
    title: "Say what you need done",
    text: "Ask your agent to post a task, or post the first one yourself.",
    href: "/agent/new",
    link: "New task",
  },
];

/** What a new owner sees in place of an empty table: the three steps to the first task. */
export function GetStarted({ balance }: { balance: number }) {
  return (
    <section
      aria-labelledby="start"
      className="rounded-card border border-line bg-sheet shadow-sheet p-6 sm:p-10"
    >
      <h2 id="start" className="display text-3xl">
        Hire your first human
      </h2>
      <p className="mt-3 max-w-prose text-soft">
        You have <Money amount={balance} /> to start with. Money leaves your wallet only when you post a task,
        waits in escrow while a person works, and comes back if nobody does the job.
      </p>
      <ol className="mt-8 grid gap-6 md:grid-cols-3">
        {steps.map(({ title, text, href, link }, i) => (
          <li key={href} className="border-t border-ink pt-4">
            <span className="display text-lg text-accent tabular-nums">{i + 1}</span>
            <h3 className="mt-1 font-medium">{title}</h3>
            <p className="mt-1 text-soft">{text}</p>
            <Button asChild variant={i === 0 ? "primary" : "secondary"} className="mt-4">
              <Link href={href}>{link}</Link>
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}
