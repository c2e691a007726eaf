import { type ToolName, tools } from "@humans2ai/core";
import { expect, test } from "vitest";
import { toolDoc, toolNames } from "./tool-docs.ts";

interface Fields {
  shape: object;
}
const spec = (name: ToolName) => tools[name] as unknown as { output: Fields; dryRun?: { output: Fields } };
const names = (rows: { name: string }[] | null) =>
  rows?.map((row) => row.name).filter((n) => n !== "untrusted");
const fields = (of: Fields | undefined) => of && Object.keys(of.shape);

test("each tool's page has a row for each field of its reply, and of its dry run's", () => {
  for (const name of toolNames) {
    const doc = toolDoc(name, "https://example.com", new Date(0));
    const { output, dryRun } = spec(name);
    expect(names(doc.output), name).toEqual(fields(output));
    expect(names(doc.dryRunOutput) ?? undefined, name).toEqual(fields(dryRun?.output));
  }
});

test("posting a task tells what it is, and what trying it out tells", () => {
  const doc = toolDoc("create_task", "https://example.com", new Date(0));
  expect(names(doc.output)).toContain("status");
  expect(names(doc.dryRunOutput)).toContain("lock");
});
