import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { moneyTools } from "../src/confirmation.ts";
import { contractTools, describeTool, toolsFor } from "../src/derive/describe.ts";
import { mermaid } from "../src/derive/mermaid.ts";
import { isErrorCode } from "../src/errors.ts";
import type { Tool } from "../src/tool.ts";
import { type ToolName, tools } from "../src/tools/index.ts";
import { PERMISSIONS } from "../src/vocabulary.ts";

const folder = new URL("../src/tools/", import.meta.url);
const registry = Object.entries(tools) as unknown as [ToolName, Tool][];

test("the contract's 15 tools are the docs', in their order", () => {
  expect(contractTools).toEqual([
    "register",
    "login",
    "create_task",
    "list_tasks",
    "get_task",
    "cancel_task",
    "list_applicants",
    "select_applicant",
    "approve_submission",
    "reject_submission",
    "send_message",
    "get_messages",
    "get_wallet",
    "get_transactions",
    "request_confirmation",
  ]);
});

test("the financial tools are the contract's five and those that ask people, in code and in the confirmation", () => {
  const financial = [
    "create_task",
    "cancel_task",
    "select_applicant",
    "approve_submission",
    "reject_submission",
    "ask_human",
    "verify_output",
  ];
  expect(registry.filter(([, t]) => t.money).map(([name]) => name)).toEqual(financial);
  expect(moneyTools).toEqual(financial);
});

test("each tool is the one export of the file of its name, with its test beside it", async () => {
  const files = readdirSync(folder).filter((f) => f.endsWith(".ts") && f !== "index.ts");
  const names = files.filter((f) => !f.endsWith(".test.ts")).map((f) => f.slice(0, -3));
  expect(names.sort()).toEqual(Object.keys(tools).sort());
  for (const name of names) {
    const module = await import(new URL(`${name}.ts`, folder).href);
    expect(Object.keys(module)).toEqual([name]);
    const own = readFileSync(new URL(`${name}.test.ts`, folder), "utf8");
    for (const held of ["testDoor(w", "testDeclared("]) expect(own.replace(/\s+/g, "")).toContain(held);
    expect(own).toContain(`testDeclared("${name}")`);
  }
});

test("what waits names tools that exist, fields that they have, and a look that answers in its own form", () => {
  const waiting = registry.filter(([, tool]) => tool.waits);
  expect(waiting.map(([name]) => name)).toContain("wait_for_events");
  for (const [name, { waits, input, output, who }] of waiting) {
    const { atOnce, poll, by, cancel } = waits!;
    const look = tools[poll as ToolName] as unknown as Tool;
    expect(look.effect, name).toBe("read");
    expect(look.who, name).toEqual(expect.arrayContaining([...who]));
    // A client checks the reply of the look, which ends a task, by the schema of the tool that began it.
    expect(z.toJSONSchema(look.output, { io: "output" }), name).toEqual(
      z.toJSONSchema(output, { io: "output" }),
    );
    if (cancel !== undefined) expect(Object.keys(tools), name).toContain(cancel.tool);
    for (const field of Object.keys(atOnce)) expect(Object.keys(input.shape), name).toContain(field);
    for (const field of by) {
      const [from, to] = typeof field === "string" ? [field, field] : field;
      expect(Object.keys(output.shape), name).toContain(from);
      expect(Object.keys(look.input.shape), name).toContain(to);
    }
  }
});

describe.each(registry)("%s", (name, tool) => {
  test("has a title, and a summary that a model can afford", () => {
    expect(tool.title).toMatch(/^[A-Z].{2,40}$/);
    expect(tool.summary.length).toBeGreaterThan(20);
    expect(tool.summary.length).toBeLessThanOrEqual(500);
    expect(tool.summary).toMatch(/\.$/);
  });

  test("is strict, and limits every field", () => {
    const schema = z.toJSONSchema(tool.input, { io: "input", unrepresentable: "any" });
    expect(schema.additionalProperties).toBe(false);
    if (tool.binary) return;
    const endless: string[] = [];
    const visit = (node: Record<string, unknown>, path: string) => {
      const list = Array.isArray(node.anyOf) ? node.anyOf : [];
      for (const [i, one] of list.entries()) visit(one, `${path}|${i}`);
      if (node.type === "string" && !node.enum && node.maxLength === undefined && !path.includes("|")) {
        endless.push(path);
      }
      if (node.type === "array" && node.maxItems === undefined) endless.push(path);
      if (node.items) visit(node.items as Record<string, unknown>, `${path}[]`);
      for (const [key, one] of Object.entries(node.properties ?? {})) visit(one, `${path}.${key}`);
    };
    visit(schema as Record<string, unknown>, name);
    // An email is trimmed and lowered before its limit, which JSON Schema cannot say; its test does.
    expect(endless.filter((path) => !path.endsWith(".email"))).toEqual([]);
  });

  test("is open to somebody, with a permission that exists, and refuses with codes that exist", () => {
    expect(tool.who.length).toBeGreaterThan(0);
    if (tool.permission !== null) expect(PERMISSIONS).toContain(tool.permission);
    expect(tool.refusals.every(isErrorCode)).toBe(true);
    expect(new Set(tool.refusals).size).toBe(tool.refusals.length);
    for (const code of Object.values(tool.refuseAs ?? {})) expect(tool.refusals).toContain(code);
    const owed = ["IDEMPOTENCY_KEY_REQUIRED", "CONFIRMATION_REQUIRED", "CONFIRMATION_INVALID"] as const;
    for (const code of owed) expect(tool.refusals.includes(code), code).toBe(tool.money === true);
  });

  test("describes itself to MCP with hints that fit its effect", () => {
    const { annotations, inputSchema, outputSchema, description } = describeTool(name);
    expect(description).toBe(tool.summary);
    expect(annotations.readOnlyHint).toBe(tool.effect === "read");
    expect(annotations.destructiveHint).toBe(tool.effect === "destroy");
    for (const schema of [inputSchema, outputSchema]) expect(schema.type).toBe("object");
  });
});

test("a role is shown its own tools", () => {
  expect(toolsFor("clock").filter((n) => !["register", "login"].includes(n))).toEqual([
    "approve_submission",
    "view_approval",
    "answer_approval",
    "register_human",
    "refresh_session",
    "verify_email",
    "request_password_reset",
    "reset_password",
    "expire_task",
    "close_task",
    "lapse_claim",
  ]);
  expect(toolsFor("anonymous")).toEqual([
    "register",
    "login",
    "view_approval",
    "answer_approval",
    "register_human",
    "refresh_session",
    "verify_email",
    "request_password_reset",
    "reset_password",
  ]);
  expect(toolsFor("human")).toContain("apply_to_task");
  expect(toolsFor("human")).not.toContain("create_task");
  expect(toolsFor("human")).not.toContain("upload_file");
});

test("the diagram draws every edge of the lifecycle", () => {
  const drawn = mermaid().split("\n");
  expect(drawn[0]).toBe("stateDiagram-v2");
  expect(drawn).toContain("  submitted --> completed: approve (agent, clock)");
  expect(drawn).toContain("  [*] --> open: create (agent)");
  expect(drawn.filter((line) => line.includes(": "))).toHaveLength(21);
  expect(drawn.at(-1)).toBe("  expired --> [*]");
});
