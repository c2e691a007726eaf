import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Code } from "@/docs/code.tsx";
import { Rows } from "@/docs/rows.tsx";
import { isToolName, registered, type ToolDoc, toolDoc } from "@/docs/tool-docs.ts";
import { env } from "@/env.ts";
import { PageHeader } from "@/ui/page-header.tsx";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params;
  return isToolName(name) ? { title: name, description: registered(name).summary } : {};
}

export default async function ToolPage({ params }: Props) {
  const { name } = await params;
  if (!isToolName(name)) notFound();
  const tool = toolDoc(name, new URL(env().PUBLIC_URL).origin, new Date());
  return (
    <>
      <PageHeader title={<code className="font-mono text-[0.8em]">{name}</code>} intro={tool.summary} />
      <Facts tool={tool} />
      <h2 className="display mt-10 text-2xl">Input</h2>
      <Rows rows={tool.input} empty="It takes no input." withRequired />
      {tool.examples.length > 0 && <h2 className="display mt-10 text-2xl">Call it</h2>}
      {tool.examples.map((example) => (
        <Code key={example.title} {...example} />
      ))}
      <h2 className="display mt-10 text-2xl">Output</h2>
      <Rows rows={tool.output} empty="It answers nothing." />
      {tool.dryRunOutput && (
        <>
          <h3 className="display mt-8 text-xl">
            With <code className="font-mono text-[0.9em]">dryRun: true</code>
          </h3>
          <Rows rows={tool.dryRunOutput} empty="It answers nothing." />
        </>
      )}
      <details className="mt-3">
        <summary className="min-h-11 py-2.5 font-medium text-accent">The whole schema</summary>
        <Code text={tool.outputSchema} language="json" />
      </details>
      <Errors tool={tool} />
    </>
  );
}

function Facts({ tool }: { tool: ToolDoc }) {
  const roles = tool.who
    .filter((role) => role !== "visitor")
    .map((role) => (role === "anonymous" ? "everybody" : role));
  const facts: [string, string | null][] = [
    ["For", roles.join(", ")],
    ["Permission", tool.permission],
    [
      "Effect",
      { read: "reads only", write: "writes", destroy: "cannot be undone" }[tool.effect] ?? tool.effect,
    ],
    ["Money", tool.money ? "moves money: needs an idempotency key, may need a confirmation" : null],
    [
      "Sign-in",
      tool.signIn ? (tool.signIn === "fresh" ? "of the last five minutes; no API key" : "no API key") : null,
    ],
    ["REST", tool.rest ? `${tool.rest.method} /api/v1${tool.rest.path}` : null],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 rounded-card border border-line bg-sheet p-4">
      {facts.map(([word, fact]) =>
        fact ? (
          <div key={word} className="contents">
            <dt className="text-soft">{word}</dt>
            <dd className="break-words">{fact}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function Errors({ tool }: { tool: ToolDoc }) {
  return (
    <>
      <h2 className="display mt-10 text-2xl">Errors</h2>
      <ul className="mt-3 divide-y divide-line border-line border-y">
        {tool.errors.map(({ code, http, retry }) => (
          <li key={code} className="flex flex-wrap justify-between gap-x-6 py-2">
            <a
              className="break-all font-mono text-sm underline underline-offset-4"
              href={`/docs/errors#${code}`}
            >
              {code}
            </a>
            <span className="text-soft text-sm tabular-nums">
              {http}
              {retry ? ", trying again can help" : ""}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
