import { expect, test } from "vitest";
import { coffeeShops, startApi } from "./api.ts";
import { namesOf, rpcOf } from "./mcp.ts";

const ADMIN = { email: "boss@example.com", password: "boss-pass-1" };
const api = await startApi({
  ADMIN_EMAIL: ADMIN.email,
  ADMIN_PASSWORD: ADMIN.password,
  PUBLIC_URL: "https://humans.example/",
  ALLOWED_HOSTS: "mcp.example, 10.0.0.7",
});
const [agent, human] = await Promise.all([api.agent(), api.human()]);
const admin = (await api.call("login", ADMIN)).body.result.idToken as string;
const { legacy } = rpcOf(api);

const CONTRACT = [
  "register login create_task list_tasks get_task cancel_task list_applicants select_applicant",
  "approve_submission reject_submission send_message get_messages get_wallet get_transactions",
  "request_confirmation",
].flatMap((line) => line.split(" "));

test("a business refusal is a result that says what to do, with isError", async () => {
  const call = (name: string, input: object) =>
    legacy("tools/call", { name, arguments: input }, { as: agent });
  const { body } = await call("get_task", { taskId: "task_xyz" });
  expect(body.result).toEqual({
    isError: true,
    content: [
      {
        type: "text",
        text: 'TASK_NOT_FOUND: Task "task_xyz" not found. Check the id: list_my_tasks lists yours, list_tasks those in the open.',
      },
    ],
  });
  const invalid = (await call("get_task", {})).body.result;
  expect(invalid.content[0].text).toBe(
    "VALIDATION_ERROR: taskId: is required. Mend what is named and call again.",
  );
  const human = (await call("apply_to_task", { taskId: "x", message: "y" })).body.result;
  expect(human.content[0].text).toMatch(/^FORBIDDEN: Only human accounts can do this\. Do not /);
});

test("a result comes as text and as structured content", async () => {
  const { body } = await legacy("tools/call", { name: "get_wallet" }, { as: agent });
  const { content, structuredContent, isError, _meta } = body.result;
  expect(JSON.parse(content[0].text)).toEqual(structuredContent);
  expect([isError, _meta]).toEqual([undefined, undefined]);
});

test("a money tool makes its own key, or takes the one of the header for retries", async () => {
  const params = { name: "create_task", arguments: coffeeShops({ budget: 7 }) };
  const headers = { "idempotency-key": "one-and-the-same" };
  const ids = [];
  for (let i = 0; i < 2; i++) {
    ids.push((await legacy("tools/call", params, { as: agent, headers })).body.result.structuredContent.id);
  }
  expect(ids[0]).toBe(ids[1]);
  const fresh = await legacy("tools/call", params, { as: agent });
  expect(fresh.body.result.structuredContent.id).not.toBe(ids[0]);
});

test("each role is shown its tools", async () => {
  const list = async (as: string) => new Set(namesOf(await legacy("tools/list", {}, { as })));
  const [a, h, m] = [await list(agent.token), await list(human.token), await list(admin)];
  const none = new Set(namesOf(await legacy("tools/list")));
  expect([...none]).toEqual(CONTRACT);
  expect([...a].slice(0, 15)).toEqual(CONTRACT);
  for (const name of ["list_my_tasks", "create_api_key", "list_events"]) expect(a).toContain(name);
  for (const name of ["submit_proof", "register_human", "resolve_dispute"]) expect(a).not.toContain(name);
  expect(h).toContain("submit_proof");
  expect(h).not.toContain("create_api_key");
  expect(m).toContain("resolve_dispute");
  for (const names of [a, h, m, none]) expect(names).not.toContain("download_file");
  expect(a).not.toContain("expire_task");
  // A model that is talked into it must not sign its owner out, or have the owner's password in its context.
  for (const name of ["sign_out_everywhere", "change_password", "reset_password"])
    expect(a).not.toContain(name);
});

test("every tool has a title, hints, and schemas of an object", async () => {
  const { body } = await legacy("tools/list", {}, { as: agent });
  for (const tool of body.result.tools) {
    expect(tool.title, tool.name).toBeTruthy();
    expect(tool.inputSchema.type, tool.name).toBe("object");
    expect(tool.outputSchema.type, tool.name).toBe("object");
    expect(Object.keys(tool.annotations).sort(), tool.name).toEqual([
      "destructiveHint",
      "idempotentHint",
      "openWorldHint",
      "readOnlyHint",
      "title",
    ]);
    expect(tool.money, tool.name).toBeUndefined();
  }
});

test("register and login hand over a credential, and nothing else does", async () => {
  const input = { email: "new@example.com", password: "correct-horse-1" };
  const call = async (name: string, args: object, as?: string) =>
    (await legacy("tools/call", { name, arguments: args }, as ? { as } : {})).body.result;
  const made = await call("register", input);
  const credential = made._meta["com.humans2ai/credential"];
  expect(credential).toEqual({
    bearer: made.structuredContent.idToken,
    fallback: made.structuredContent.apiKey.key,
    expiresAt: expect.stringMatching(/^20\d\d-/),
  });
  const signedIn = await call("login", input);
  expect(Object.keys(signedIn._meta["com.humans2ai/credential"])).toEqual(["bearer", "expiresAt"]);
  const key = await call("create_api_key", { name: "k" }, credential.bearer);
  expect(key.structuredContent.key).toMatch(/^sk_live_/);
  expect(key._meta).toBeUndefined();
  expect((await call("login", { ...input, password: "wrong-horse-1" }))._meta).toBeUndefined();
});
