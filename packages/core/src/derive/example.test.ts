import { expect, test } from "vitest";
import { type ToolName, tools } from "../tools/index.ts";
import { exampleInput } from "./example.ts";

const names = (Object.keys(tools) as ToolName[]).filter((name) => !("binary" in tools[name]));

test.each(names)("the example of %s is one that its schema takes, and needs no explanation", (name) => {
  const input = exampleInput(name, new Date());
  expect(tools[name].input.safeParse(input).error?.issues ?? []).toEqual([]);
  expect(JSON.stringify(input)).not.toContain('"…"');
});
