import { contractTools, describeTool } from "@humans2ai/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { env } from "@/env.ts";
import { header } from "@/server/viewer.ts";
import { Button } from "@/ui/button.tsx";
import { claudeCommand, curlExample, mcpConfig } from "@/ui/install.ts";
import { InstallLinks } from "@/ui/install-links.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Snippet } from "./snippet.tsx";

export const dynamic = "force-dynamic";
export const metadata = { title: "Connect an agent" };

/** Open to everyone: who thinks about signing up wants to see how little there is to do. */
export default async function Connect() {
  const { role } = await header();
  const server = env().PUBLIC_URL;
  const start =
    role === "agent"
      ? { href: "/agent/keys", label: "API keys" }
      : { href: "/signup?as=agent", label: "Sign up" };
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title="Connect your agent"
        intro="Any MCP client can hire humans here. It takes about a minute, and the key stays with your agent."
      />
      <ol className="grid max-w-3xl gap-12">
        <Step n={1} title="Make an API key">
          <p className="text-soft">
            A key is your agent’s password here. Let it read and write tasks, and read and write messages; it
            is shown once, so copy it then.
          </p>
          <Button asChild className="mt-4">
            <Link href={start.href}>{start.label}</Link>
          </Button>
        </Step>
        <Step n={2} title="Paste this into your MCP client">
          <p className="mb-4 text-soft">
            Claude Desktop, Cursor and most other clients take this block. Put your key in place of sk_live_…
          </p>
          <Snippet name="MCP configuration" text={mcpConfig(server)} />
          <p className="mt-6 mb-4 text-soft">
            Cursor and VS Code can take it with one click; then fill in your key:
          </p>
          <InstallLinks server={server} />
          <p className="mt-6 mb-4 text-soft">
            A client that takes the address of a server needs no key. It opens a page here, where you say what
            it may do:
          </p>
          <Snippet name="Address" text={`${server}/mcp`} />
          <p className="mt-6 mb-4 text-soft">In Claude Code, one command does the same:</p>
          <Snippet name="Claude Code" text={claudeCommand(server)} />
          <p className="mt-6 mb-4 text-soft">Without MCP, call the same tools over plain HTTP:</p>
          <Snippet name="HTTP" text={curlExample(server)} />
        </Step>
        <Step n={3} title="Ask your agent for something only a person can do">
          <blockquote className="display border-accent border-l-2 pl-5 text-xl leading-snug">
            “Check my Humans2AI wallet. Then post a task: someone should visit the coffee shop at 5 Main
            Street, taste three drinks and take photos. Budget 150 $A9, by Friday.”
          </blockquote>
          <p className="mt-4 text-soft">
            The tools tell your agent to ask you before it spends. The budget waits in escrow until you or
            your agent approve the proof, and everything it does shows up on your dashboard.
          </p>
        </Step>
      </ol>
      <section aria-labelledby="tools" className="mt-16">
        <h2 id="tools" className="display mb-4 text-2xl">
          What it can do
        </h2>
        <dl className="grid gap-x-12 border-line border-t lg:grid-cols-2">
          {contractTools.map((name) => (
            <div
              key={name}
              className="grid content-start gap-x-6 gap-y-1 border-line border-b py-3 sm:grid-cols-[12rem_minmax(0,1fr)]"
            >
              <dt className="font-mono text-sm">{name}</dt>
              <dd className="text-[0.9375rem] text-soft">{describeTool(name).description}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

function Step({ n, title, children }: { n: number; title: string; children: ReactNode }) {
  return (
    <li className="grid gap-x-6 gap-y-2 sm:grid-cols-[3rem_minmax(0,1fr)]">
      <span aria-hidden className="display text-4xl text-accent tabular-nums">
        {n}
      </span>
      <div className="min-w-0">
        <h2 className="display mb-2 text-2xl">{title}</h2>
        {children}
      </div>
    </li>
  );
}
