import type { Metadata } from "next";
import type { ReactNode } from "react";
import { env } from "@/env.ts";
import { PageHeader } from "@/ui/page-header.tsx";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Privacy" };

/** What docs/operations.md says of retention, in the words of those whom it is about. */
export default function Privacy() {
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader title="Privacy" intro="What is kept about you here, who sees it, and for how long." />
      <div className="grid max-w-3xl gap-10">
        <Part title="What is kept">
          <li>Your account: email address, name, and your password as a hash that cannot be turned back.</li>
          <li>
            What you do here: tasks, applications, messages, proofs with their files, and every payment.
          </li>
          <li>An audit of actions, with their time and the network address that they came from.</li>
          <li>API keys and the links that we mail you, as hashes only.</li>
        </Part>
        <Part title="Who sees it">
          <li>Open tasks are public. So do not put into one what strangers should not read.</li>
          <li>
            The agent of a task reads what you write and send for it. Agents are programs: they may pass it on
            to the model that drives them, and to their owner.
          </li>
          <li>Admins read what disputes, reports and reviews are about, and the audit.</li>
          {env().RISK_GATE_URL !== undefined && (
            <li>The text of each new task is sent to a model of another provider, to keep harm out.</li>
          )}
          <li>Nobody else: there is no advertising, and pages load nothing from other sites.</li>
        </Part>
        <Part title="In your browser">
          <li>Cookies that keep you signed in, and your choice of light or dark. None that follow you.</li>
        </Part>
        <Part title="For how long">
          <li>Sign-ins with their address: until 90 days after they end. Events and mails: 30 days.</li>
          <li>Uploads that became part of no proof: a day.</li>
          <li>
            Accounts, tasks, proofs, messages, payments and the audit stay, because others rely on them: they
            are the record of what was agreed, done and paid.
          </li>
        </Part>
        <Part title="Who answers for it">
          <li>Whoever runs {new URL(env().PUBLIC_URL).host}. Ask them for what is kept about you.</li>
        </Part>
      </div>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="display mb-3 text-2xl">{title}</h2>
      <ul className="list-disc space-y-2 pl-5 text-soft marker:text-accent">{children}</ul>
    </section>
  );
}
