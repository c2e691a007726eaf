/** A model that is refused is told what to do next, whatever it was refused for. */

import { expect, test } from "vitest";
import { type ErrorCode, errors, Refusal } from "../src/errors.ts";
import { tools } from "../src/tools/index.ts";

const FACTS = {
  cap: "maxPerDay",
  why: "was already used",
  minutes: 5,
  max: 3,
  status: "open",
  allowed: ["open"],
};
const codes = Object.keys(errors) as ErrorCode[];
/** What a next step begins with; or a tool to call. */
const STEP = new RegExp(
  `\\b(Ask|Call|Check|Choose|Change|Contact|Delete|Do not|Enable|Leave|Let|Lower|Log in|Make|Mend|Nothing is left|Open|Repeat|Report|Revoke|Select|Send|Shorten|Submit|Try|Use|use|say what|Wait|${Object.keys(tools).join("|")})\\b|Another admin can`,
);

test.each(codes)("%s", (code) => {
  expect(new Refusal(code, FACTS).told).toSatisfy((told: string) => STEP.test(told));
});

test("the step comes after the sentence of the contract, which stays as it is", () => {
  const refusal = new Refusal("TASK_NOT_FOUND", { taskId: "task_xyz" });
  expect(refusal.message).toBe('Task "task_xyz" not found');
  expect(refusal.told).toMatch(/^Task "task_xyz" not found\. Check the id: list_my_tasks /);
});

test("a step names only tools that there are", () => {
  const named = codes.flatMap((code) => new Refusal(code, FACTS).told.match(/\b[a-z]+(_[a-z]+)+\b/g) ?? []);
  const known = new Set([...Object.keys(tools), "rejected_by_agent", "pending_review"]);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});
