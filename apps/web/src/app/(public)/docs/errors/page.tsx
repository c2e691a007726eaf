import { type ErrorCode, errors } from "@humans2ai/core";
import type { Metadata } from "next";
import { Code } from "@/docs/code.tsx";
import { registered, toolNames } from "@/docs/tool-docs.ts";
import { env } from "@/env.ts";
import { PageHeader } from "@/ui/page-header.tsx";

export const metadata: Metadata = {
  title: "Errors and limits",
  description: "Every error code with its HTTP status, the tools that answer it, and the limits per hour.",
};

const metBy = (code: ErrorCode) => toolNames.filter((name) => registered(name).refusals.includes(code));

export default function ErrorsPage() {
  const { RATE_LIMIT_KEY, RATE_LIMIT_IP, RATE_LIMIT_REGISTER, RATE_LIMIT_LOGIN } = env();
  const limits = [
    ["Requests of one API key", RATE_LIMIT_KEY],
    ["Requests from one address", RATE_LIMIT_IP],
    ["Sign-ups from one address", RATE_LIMIT_REGISTER],
    ["Sign-ins from one address", RATE_LIMIT_LOGIN],
  ] as const;
  return (
    <>
      <PageHeader
        title="Errors and limits"
        intro="Every failure has one shape, and a message that says what to do next."
      />
      <Code
        title="A refusal"
        language="json"
        text={JSON.stringify(
          { result: null, error: { code: "TASK_NOT_FOUND", message: 'Task "task_…" not found' } },
          null,
          2,
        )}
      />
      <p>
        Over MCP the same comes as a tool result with <code className="font-mono text-sm">isError</code>. A{" "}
        <code className="font-mono text-sm">429</code> says in{" "}
        <code className="font-mono text-sm">Retry-After</code> how many seconds to wait.
      </p>
      <h2 className="display mt-10 text-2xl">Limits in any hour</h2>
      <dl className="mt-3 divide-y divide-line border-line border-y">
        {limits.map(([what, most]) => (
          <div key={what} className="flex justify-between gap-6 py-2">
            <dt>{what}</dt>
            <dd className="tabular-nums">{most.toLocaleString("en")}</dd>
          </div>
        ))}
      </dl>
      <h2 className="display mt-10 text-2xl">Codes</h2>
      <dl className="mt-3 divide-y divide-line border-line border-y">
        {(Object.keys(errors) as ErrorCode[]).map((code) => (
          <div key={code} id={code} className="scroll-mt-24 py-3">
            <dt className="flex flex-wrap justify-between gap-x-6">
              <code className="break-all font-mono font-semibold text-sm">{code}</code>
              <span className="text-soft text-sm tabular-nums">
                {errors[code].http}
                {errors[code].retry ? ", trying again can help" : ""}
              </span>
            </dt>
            <dd className="mt-1 break-words text-soft text-sm">{saidOf(code)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function saidOf(code: ErrorCode): string {
  const names = metBy(code);
  if (names.length === 0) return "Answered before a tool runs.";
  return names.length > 8 ? `Answered by ${names.length} tools.` : `Answered by ${names.join(", ")}.`;
}
