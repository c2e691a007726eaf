/** What the tool list costs a model, in tokens as OpenAI's current models count them (o200k). */

import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { expect, test } from "vitest";
import type { Actor } from "../src/context.ts";
import { contractTools, describeTool, toolsOffered } from "../src/derive/describe.ts";
import { tools } from "../src/tools/index.ts";
import { PERMISSIONS } from "../src/vocabulary.ts";
import { openWorld } from "./world.ts";

const w = await openWorld();
const tokens = (value: unknown) => encode(JSON.stringify(value)).length;

test("the contract's 15 tools cost a model less than 3,000 tokens", () => {
  const told = contractTools.map((name) => {
    const { description, inputSchema } = describeTool(name);
    return { name, description, inputSchema };
  });
  expect(told).toHaveLength(15);
  expect(tokens(told)).toBeLessThan(3000);
});

/** What an agent that hires has been given. */
const WORKING: Actor["permissions"] = [
  "tasks:read",
  "tasks:write",
  "wallet:read",
  "messages:read",
  "messages:write",
];

test("the whole list of an agent, output schemas and all, fits into what a client reads of one answer", async () => {
  const agent = await w.agent();
  const listed = (actor: Actor) =>
    toolsOffered(actor).map((name) => {
      const { money: _, ...tool } = describeTool(name);
      return tool;
    });
  const key: Actor = { ...agent, via: "api_key", keyId: "key_x", permissions: WORKING };
  const whole = listed(key);
  // Who is signed in also sees the tools for keys, webhooks and the audit.
  expect(tokens(listed(agent))).toBeLessThan(30_000);
  // 25,000 is where Claude Code cuts an answer off; a client that shows its model no output schemas pays a third.
  expect(tokens(whole)).toBeLessThan(25_000);
  expect(tokens(whole.map(({ outputSchema: _, ...tool }) => tool))).toBeLessThan(8500);
});

test("no schema repeats what another keyword says, and what is taken is closed", () => {
  for (const name of Object.keys(tools) as (keyof typeof tools)[]) {
    const { inputSchema, outputSchema } = describeTool(name);
    const both = JSON.stringify([inputSchema, outputSchema]);
    expect(both, name).not.toMatch(/"format":"[^"]+","pattern"|"pattern":"[^"]+","format"|9007199254740991/);
    expect(JSON.stringify(outputSchema), name).not.toContain('"additionalProperties":false');
    expect(inputSchema.additionalProperties, name).toBe(false);
  }
});

test("a credential is offered what its permissions and its kind open, always in one order", async () => {
  const agent = await w.agent();
  const all = toolsOffered(agent);
  expect(toolsOffered(agent)).toEqual(all);
  expect(all.slice(0, 15)).toEqual(contractTools);
  const key = (permissions: readonly (typeof PERMISSIONS)[number][]) =>
    toolsOffered({ ...agent, via: "api_key", keyId: "key_x", permissions });
  const signIn = Object.entries(tools).filter(([, tool]) => "signIn" in tool && tool.signIn);
  expect(signIn.length).toBeGreaterThanOrEqual(3);
  for (const [name] of signIn) expect(key(PERMISSIONS)).not.toContain(name);
  expect(key(["tasks:read"])).toEqual(
    key(PERMISSIONS).filter(
      (name) => ["tasks:read", null].includes(tools[name].permission) || name in PUBLIC,
    ),
  );
  for (const [name, tool] of Object.entries(tools)) {
    if ("money" in tool && tool.money) expect(key(["tasks:read", "wallet:read"])).not.toContain(name);
  }
  expect(key([])).not.toContain("get_wallet");
  expect(key(["wallet:read"])).toContain("get_wallet");
});
const PUBLIC = { register: true, login: true };
