import { expect, test } from "vitest";
import { coffeeShops, expectRefusal, startApi, withKey } from "./api.ts";

const api = await startApi();
const agent = await api.agent();
const post = (body: unknown, headers = {}) => api.send("/api/v1/mcp", { body, as: agent, headers });

test("answers a call with {result, error} and a rate", async () => {
  const { status, body, headers } = await api.call("get_wallet", {}, { as: agent });
  expect(status).toBe(200);
  expect(body).toEqual({ result: expect.objectContaining({ balance: 500 }), error: null });
  expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("content-length")).toBe(String(Buffer.byteLength(JSON.stringify(body))));
  expect(headers.get("ratelimit-limit")).toBe("100000");
  expect(Number(headers.get("ratelimit-remaining"))).toBeGreaterThan(99_000);
});

test("takes a call without input, and with a query string", async () => {
  expect((await post({ tool: "get_wallet" })).status).toBe(200);
  expect((await api.send("/api/v1/mcp?x=1", { body: { tool: "get_wallet" }, as: agent })).status).toBe(200);
  expect((await api.send("/api/v1/mcp/", { body: { tool: "get_wallet" }, as: agent })).status).toBe(200);
});

test.each([
  ["broken JSON", '{"tool": "get_wallet"', /not valid JSON/],
  ["text", "hello", /not valid JSON/],
  ["JSON with a comment", '{"tool": "get_wallet"} // please', /not valid JSON/],
  ["nothing", "", /empty/],
  ["null", "null", /JSON object/],
  ["a number", "7", /JSON object/],
  ["a string", '"get_wallet"', /JSON object/],
  ["NaN", "NaN", /not valid JSON/],
])("refuses a body that is %s", async (_, body, message) => {
  expectRefusal(await post(body), 400, "MCP_ERROR", message);
});

test("refuses bytes that are no UTF-8, and takes all that are", async () => {
  const bytes = Buffer.from('{"tool": "get_wallet\xff"}', "latin1");
  expectRefusal(await post(new Uint8Array(bytes)), 400, "MCP_ERROR", /UTF-8/);
  const { body } = await api.call("create_task", coffeeShops({ title: "咖啡 ☕ é" }), withKey(agent));
  expect(body.result.title).toBe("咖啡 ☕ é");
});

test.each([
  ["an unknown field", { tool: "get_wallet", input: {}, id: 1 }, /^id: is not a known field/],
  ["no tool", { input: {} }, /^tool: is required/],
  ["a tool that is no text", { tool: 7 }, /^tool: must be/],
  ["an input that is a list", { tool: "get_wallet", input: [] }, /^input: must be an object/],
  ["an input that is null", { tool: "get_wallet", input: null }, /^input: must be an object/],
  ["an input that is text", { tool: "get_wallet", input: "{}" }, /^input: must be an object/],
])("refuses %s and names it", async (_, body, message) => {
  expectRefusal(await post(body), 400, "VALIDATION_ERROR", message);
});

test.each(["nope", "toString", "__proto__", "constructor", "", "get_wallet ", "GET_WALLET"])(
  "knows no tool named %j",
  async (tool) => expectRefusal(await post({ tool }), 400, "MCP_ERROR", /no tool named/),
);

test("does not carry files in JSON", async () => {
  for (const tool of ["upload_file", "download_file"]) {
    expectRefusal(await post({ tool, input: { fileId: "x" } }), 400, "MCP_ERROR", /api\/v1\/files/);
  }
});

test("names each wrong field once, in plain words", async () => {
  const wrong = { category: "art", budget: "150", deadline: "tomorrow", remote: 1, surprise: true };
  const { body } = await api.call("create_task", wrong, withKey(agent));
  expect(body.error.message.split("; ")).toEqual([
    "title: is required",
    "description: is required",
    expect.stringMatching(/^category: must be one of field_operations, photography, .*, other$/),
    "budget: must be a number",
    "deadline: must be an ISO 8601 date and time with an offset, like 2026-03-05T18:00:00+08:00",
    "urgency: is required",
    "remote: must be true or false",
    "surprise: is not a known parameter",
  ]);
});

test("does not echo what is endless", async () => {
  const named = (name: (i: number) => string) =>
    Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [name(i), i]));
  const input = { ...named((i) => `f${i}`), ...named((i) => `${i}${"x".repeat(100)}`) };
  const answer = await api.call("get_wallet", input, { as: agent });
  expectRefusal(answer, 400, "VALIDATION_ERROR", /and more$/);
  expect(answer.text.length).toBeLessThan(3000);
  const long = await post({ tool: "t".repeat(100_000) });
  expect(long.text.length).toBeLessThan(500);
});

test("refuses hostile JSON with a 400, and nothing is written", async () => {
  const task = JSON.stringify(coffeeShops());
  const inputs = [
    `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
    `{"params": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    `{"__proto__": {"budget": 1}, ${task.slice(1)}`,
    `{"constructor": {"prototype": {}}, ${task.slice(1)}`,
    task.replace("150", "1e400"),
    task.replace("150", "123456789012345678901234567890"),
    task.replace("150", "-0"),
    task.replace("150", "0.00000000000000001"),
    task.replace("Photograph", "Photo\\u0000graph"),
    task.replace("Photograph", "\\ud800"),
    task.replace("Shanghai, China", "\\udfff"),
    `{"title": {"$gt": ""}, ${task.slice(task.indexOf('"description"'))}`,
  ];
  for (const input of inputs) {
    const answer = await post(`{"tool": "create_task", "input": ${input}}`, { "idempotency-key": "hostile" });
    expectRefusal(answer, 400, "VALIDATION_ERROR");
  }
  const [row] = await api.sql`select count(*)::int as n from idempotency
    where key = encode(sha256('hostile'), 'hex')`;
  expect(row?.n).toBe(0);
});

test("of duplicate keys the last one counts, as in every JSON parser", async () => {
  const answer = await post('{"tool": "nope", "tool": "get_wallet", "input": {"x": 1}, "input": {}}');
  expect(answer.status).toBe(200);
});

test("a deep confirmation is a 400 too", async () => {
  const params = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
  const body = `{"tool": "request_confirmation", "input": {"tool": "create_task", "params": ${params}}}`;
  expectRefusal(await post(body), 400, "VALIDATION_ERROR");
});

test("warns clients that are out of date, on refusals too", async () => {
  const warning = async (version: string, tool = "get_wallet") =>
    (await api.call(tool, {}, { as: agent, headers: { "x-mcp-client-version": version } })).headers.get(
      "x-mcp-version-warning",
    );
  expect(await warning("1.0.0")).toBeNull();
  expect(await warning("1.12.3")).toBeNull();
  expect(await warning("2.0.0-beta")).toBeNull();
  expect(await warning("0.9.9")).toMatch(/0\.9\.9 is outdated; upgrade to 1\.0\.0/);
  expect(await warning("one")).toMatch(/outdated/);
  expect(await warning("0.1.0", "nope")).toMatch(/outdated/);
});
