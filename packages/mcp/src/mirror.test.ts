import { expect, test, vi } from "vitest";
import type { Json } from "./jsonrpc.ts";
import { listTools, Mirror } from "./mirror.ts";

function learn(mirror: Mirror, ...tools: Json[]) {
  const answer = { jsonrpc: "2.0", id: 1, result: { tools } };
  const changed = mirror.learn(answer, JSON.stringify(answer));
  return { changed, names: answer.result.tools.map((tool) => tool.name) };
}
const tool = (name: string, inputSchema: Json): Json => ({ name, inputSchema });
const call = (name: string, args: Json): Json => ({
  method: "tools/call",
  params: { name, arguments: args },
});

const properties = {
  region: { type: "string", "x-mcp-header": "Region" },
  count: { type: "integer", "x-mcp-header": "Count" },
  deep: { type: "object", properties: { dry: { type: "boolean", "x-mcp-header": "Dry" } } },
  plain: { type: "string", default: { "x-mcp-header": "data, no annotation" } },
  "x-mcp-header": { type: "string" },
};

test("annotated arguments become headers, wherever `properties` lead to them", () => {
  const mirror = new Mirror();
  expect(learn(mirror, tool("t", { type: "object", properties }))).toEqual({ changed: false, names: ["t"] });
  const args = { region: "日本", count: -7, deep: { dry: false }, plain: "x", "x-mcp-header": "y" };
  expect(mirror.headers(call("t", args))).toEqual({
    "Mcp-Param-Region": "日本",
    "Mcp-Param-Count": "-7",
    "Mcp-Param-Dry": "false",
  });
  expect(mirror.headers(call("t", { region: null, count: 2 ** 60, deep: "no" }))).toEqual({});
  expect(mirror.headers(call("other", args))).toEqual({});
});

test("a list without annotations replaces what was known", () => {
  const mirror = new Mirror();
  learn(mirror, tool("t", { properties }));
  learn(mirror, tool("t", { properties: { region: { type: "string" } } }));
  expect(mirror.headers(call("t", { region: "eu" }))).toEqual({});
});

const at = (annotation: unknown, type = "string") => ({ type, "x-mcp-header": annotation });
test.each([
  ["on the root", { "x-mcp-header": "A", properties: {} }],
  ["in items", { properties: { a: { type: "array", items: at("A") } } }],
  ["in a choice", { anyOf: [{ properties: { a: at("A") } }] }],
  ["below a choice", { properties: { a: { oneOf: [{ properties: { b: at("A") } }] } } }],
  ["in a definition", { $defs: { a: at("A") } }],
  ["empty", { properties: { a: at("") } }],
  ["with a line break", { properties: { a: at("A\r\nX: y") } }],
  ["no text", { properties: { a: at(1) } }],
  ["on a number", { properties: { a: at("A", "number") } }],
  ["twice", { properties: { a: at("A"), b: at("a") } }],
])("a tool with an annotation %s is left out, and stderr says so", (_where, inputSchema) => {
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const result = learn(new Mirror(), tool("bad", inputSchema), tool("good", { properties }));
  expect(result).toEqual({ changed: true, names: ["good"] });
  expect(said.mock.calls.join()).toContain('"bad" is left out');
  said.mockRestore();
});

test("the whole list is asked for, page by page, in the client's name", async () => {
  const _meta = { "io.modelcontextprotocol/protocolVersion": "2026-07-28" };
  const asked: Json[] = [];
  const pages = [{ nextCursor: "2" }, { nextCursor: "3" }, {}];
  await listTools({ params: { name: "t", _meta: { ..._meta, progressToken: 4 } } }, async ({ params }) => {
    asked.push(params as Json);
    return { result: pages[asked.length - 1] };
  });
  expect(asked).toEqual([{ _meta }, { _meta, cursor: "2" }, { _meta, cursor: "3" }]);
});
