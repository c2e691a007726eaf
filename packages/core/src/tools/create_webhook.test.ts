import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { WEBHOOK } from "../../test/shapes.ts";
import { hook } from "../../test/webhooks.ts";
import { openWorld, refused } from "../../test/world.ts";
import { unseal } from "../auth/sealing.ts";
import type { Input } from "../call.ts";

const w = await openWorld();
const agent = await w.agent();
const url = "https://hooks.example.com/in";

testDoor(w, "create_webhook", {
  may: ["agent"],
  permission: "webhooks:write",
  input: { url, events: ["task.completed"], description: "CI" },
  required: ["url"],
});

test("makes a webhook whose secret is in the reply and nowhere else", async () => {
  const made = await hook(w.core, agent, `${url}?x=1`);
  expect(fieldsOf(made)).toEqual([...WEBHOOK, "secret"].sort());
  expect(made.secret).toMatch(/^whsec_[\w-]{32}$/);
  expect(made).toMatchObject({
    url: `${url}?x=1`,
    description: "",
    events: ["*"],
    enabled: true,
    disabledAt: null,
    disabledReason: null,
    failingSince: null,
    previousSecretUntil: null,
  });
  const [row] = await w.core
    .client`select to_jsonb(w)::text as text, secret from webhook w where id = ${made.id}`;
  expect(row?.text).not.toContain(made.secret.slice(6));
  const hex = Buffer.from(made.secret).toString("hex");
  expect(row?.text).not.toContain(hex);
  expect(unseal(w.core.secret, "webhook secrets", made.id, row?.secret)).toBe(made.secret);
});

test("what is sealed opens for its webhook only, under the same secret only, and unchanged only", async () => {
  const made = await hook(w.core, agent);
  const [row] = await w.core.client`select secret from webhook where id = ${made.id}`;
  const sealed: Buffer = row?.secret;
  const changed = Buffer.from(sealed);
  changed[changed.length - 1]! ^= 1;
  const other = new TextEncoder().encode("another secret of thirty-two bytes or more");
  expect(() => unseal(w.core.secret, "webhook secrets", "wh_other", sealed)).toThrow();
  expect(() => unseal(w.core.secret, "other things", made.id, sealed)).toThrow();
  expect(() => unseal(other, "webhook secrets", made.id, sealed)).toThrow();
  expect(() => unseal(w.core.secret, "webhook secrets", made.id, changed)).toThrow();
});

test("keeps the types that were asked for, each once", async () => {
  const made = await hook(w.core, await w.agent(), url, {
    events: ["task.completed", "message.created", "task.completed"],
  });
  expect(made.events).toEqual(["task.completed", "message.created"]);
});

test("an account has at most ten, also when it asks for many at once", async () => {
  const busy = await w.agent();
  const made = await Promise.allSettled(Array.from({ length: 14 }, () => hook(w.core, busy)));
  expect(made.filter((m) => m.status === "fulfilled")).toHaveLength(10);
  const refusal = await refused("TOO_MANY_WEBHOOKS", hook(w.core, busy));
  expect(refusal.message).toContain("10");
});

test.each([
  "http://hooks.example.com/",
  "ftp://hooks.example.com/",
  "file:///etc/passwd",
  "https://user:word@hooks.example.com/",
  "https://hooks.example.com:22/",
  "https://hooks.example.com:6379/",
  "https://localhost/",
  "https://localhost./",
  "https://localhost../",
  "https://api.default.svc/",
  "https://a.localhost/",
  "https://printer/",
  "https://printer.local/",
  "https://metadata.google.internal/computeMetadata/v1/",
  "https://127.0.0.1/",
  "https://127.1/",
  "https://127.0.0.1./",
  "https://2130706433/",
  "https://0x7f000001/",
  "https://0177.0.0.1/",
  "https://0/",
  "https://10.0.0.1/",
  "https://172.16.0.1/",
  "https://192.168.1.1/",
  "https://100.64.0.1/",
  "https://169.254.169.254/latest/meta-data/",
  "https://168.63.129.16/",
  "https://192.0.2.1/",
  "https://198.18.0.1/",
  "https://224.0.0.1/",
  "https://255.255.255.255/",
  "https://[::]/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::127.0.0.1]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[2002:7f00:1::]/",
  "https://[2001:db8::1]/",
  "https://[fe80::1]/",
  "https://[fd00:ec2::254]/",
  "https://[ff02::1]/",
  "https://①②⑦.0.0.1/",
  "https://",
  "hooks.example.com",
])("refuses %s", async (bad) => {
  const refusal = await refused("VALIDATION_ERROR", hook(w.core, await w.agent(), bad));
  expect(refusal.message).toMatch(/^url: /);
  expect(refusal.facts.fields).toMatchObject([{ path: "url" }]);
});

test("refuses an address that is too long", async () => {
  const long = hook(w.core, agent, `${url}/${"x".repeat(2000)}`);
  expect((await refused("VALIDATION_ERROR", long)).message).toMatch(/^url: /);
});

test.each(["https://8.8.8.8/", "https://[2606:4700:4700::1111]:8443/", "https://hooks.example.com./x"])(
  "takes %s",
  async (good) => {
    expect((await hook(w.core, await w.agent(), good)).url).toBe(good);
  },
);

test("for development, plain http and private addresses can be allowed; a password in the address never", async () => {
  const dev = w.later(0, { webhookAllowPrivate: true });
  expect((await hook(dev, await w.agent(), "http://127.0.0.1:9999/x")).url).toBe("http://127.0.0.1:9999/x");
  await refused("VALIDATION_ERROR", hook(dev, agent, "http://a:b@127.0.0.1/"));
});

test.each([
  ["events", { events: [] }],
  ["events", { events: ["task.nonsense"] }],
  ["events", { events: Array(100).fill("task.created") }],
  ["description", { description: "x".repeat(201) }],
])("refuses a wrong %s and names it", async (field, wrong) => {
  const refusal = await refused(
    "VALIDATION_ERROR",
    hook(w.core, agent, url, wrong as Partial<Input<"create_webhook">>),
  );
  expect(refusal.message).toContain(field);
});

testDeclared("create_webhook");
