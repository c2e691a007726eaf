import { expect, test } from "vitest";
import { startApi } from "./api.ts";
import { connect } from "./elicitation.ts";
import { LEGACY, rpcOf } from "./mcp.ts";

const api = await startApi();
const agent = await api.agent();
const { legacy, modern } = rpcOf(api);

test("three prompts, in both eras", async () => {
  const client = await connect(api, agent);
  const { prompts } = await client.listPrompts();
  expect(prompts.map((p) => [p.name, p.arguments?.map((a) => `${a.name}${a.required ? "*" : ""}`)])).toEqual([
    ["approval_gate", ["action*", "approvers"]],
    ["escalate_to_human", ["question*", "context", "expertise"]],
    ["verify_output", ["output*", "criteria*", "expertise"]],
  ]);
  for (const { title, description } of prompts) expect([title, description]).not.toContain(undefined);
  const { body } = await legacy("prompts/list", {}, { as: agent, version: LEGACY[0]! });
  expect(body.result.prompts).toEqual(prompts);
});

test.each([
  ["approval_gate", { action: "Mail the offer to ACME." }, ["request_approval", "check_approval"]],
  ["escalate_to_human", { question: "Is this contract void?", expertise: "German law" }, ["ask_human"]],
  [
    "verify_output",
    { output: "1 + 1 = 3", criteria: "The sum is right." },
    ["verify_output", "check_question"],
  ],
])("%s names its tools, and ends with what was given", async (name, given, tools) => {
  const client = await connect(api, agent);
  const { messages } = await client.getPrompt({ name, arguments: given });
  expect(messages).toHaveLength(1);
  const text = (messages[0]!.content as { text: string }).text;
  for (const tool of tools) expect(text).toContain(tool);
  const [steps, ...blocks] = text.split(/\n\n(?=[A-Z][a-z]+:\n)/);
  expect(blocks.map((b) => b.split(":\n")[1])).toEqual(Object.values(given));
  expect(steps).not.toContain(Object.values(given)[0]);
  expect(steps!.length).toBeLessThan(1200);
});

test.each([
  ["nope", {}],
  ["__proto__", {}],
  ["approval_gate", {}],
  ["approval_gate", { action: "  " }],
  ["verify_output", { output: "x" }],
  ["verify_output", { output: "x".repeat(10_001), criteria: "y" }],
])("%s with %j is refused as -32602", async (name, given) => {
  const { body, text } = await modern("prompts/get", { name, arguments: given }, { as: agent });
  expect(body.error.code).toBe(-32602);
  expect(text.length).toBeLessThan(500);
});

test("the answers' keys are published raw, for whoever verifies", async () => {
  const { status, headers, body } = await api.send("/api/v1/approvals/jwks.json");
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("application/jwk-set+json");
  expect(body.keys).toEqual([
    { kty: "OKP", crv: "Ed25519", alg: "EdDSA", use: "sig", x: expect.any(String), kid: expect.any(String) },
  ]);
});
