/** The code in docs/webhooks.md, run as it stands there on what the real sender sent. */

import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startApi, withKey } from "./api.ts";
import { startReceiver } from "./receiver.ts";

const api = await startApi({ WEBHOOK_ALLOW_PRIVATE: "1" });
const page = await readFile(fileURLToPath(new URL("../../../docs/webhooks.md", import.meta.url)), "utf8");
const snippet = (language: string): string => {
  const found = [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))];
  expect(found, `one ${language} snippet in docs/webhooks.md`).toHaveLength(1);
  return found[0]![1]!;
};

interface Case {
  body: string;
  header: string;
  secret: string;
  /** Milliseconds; null for the snippet's own clock. */
  now: number | null;
}
let dir: string;
let cases: Record<string, Case>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "h2a-doc-"));
  const receiver = await startReceiver();
  const as = await api.agent();
  const made = await api.send("/api/v1/webhooks", { as, body: { url: receiver.url } });
  const { id, secret } = made.body.result;
  const deliver = async (count: number) => {
    await api.send(`/api/v1/webhooks/${id}/test`, { ...withKey(as), body: {} });
    await vi.waitFor(() => expect(receiver.got).toHaveLength(count), 5000);
    const { body, headers } = receiver.got.at(-1)!;
    return { body, header: String(headers["x-humans2ai-signature"]), now: null };
  };
  const plain = { ...(await deliver(1)), secret };
  const rotated = await api.send(`/api/v1/webhooks/${id}/rotate-secret`, { ...withKey(as), body: {} });
  const fresh = rotated.body.result.secret;
  const both = { ...(await deliver(2)), secret };
  const t = Number(/t=(\d+)/.exec(plain.header)![1]);
  const v1 = /v1=(\w+)/.exec(plain.header)![1]!;
  cases = {
    valid: plain,
    "valid, at the last moment": { ...plain, now: t + 300_000 },
    "valid, after a rotation, by the old secret": both,
    "valid, after a rotation, by the new secret": { ...both, secret: fresh },
    "tampered body": { ...plain, body: plain.body.replace("evt_", "evt_9") },
    "body parsed and written anew": { ...plain, body: JSON.stringify(JSON.parse(plain.body), null, 1) },
    "older than five minutes": { ...plain, now: t + 300_001 },
    "from the future": { ...plain, now: t - 300_001 },
    "time moved along": { ...plain, header: plain.header.replace(`t=${t}`, `t=${t + 1}`) },
    "wrong secret": { ...plain, secret: fresh },
    "no secret": { ...plain, secret: "" },
    "no signature": { ...plain, header: `t=${t}` },
    "empty signature": { ...plain, header: `t=${t},v1=` },
    "half a signature": { ...plain, header: `t=${t},v1=${v1.slice(0, 32)}` },
    "not ASCII": { ...plain, header: `t=${t},v1=${"é".repeat(64)}` },
    "of another version": { ...plain, header: `t=${t},v0=${v1}` },
    "no time": { ...plain, header: `v1=${v1}` },
    "time in words": { ...plain, header: `t=now,v1=${v1}` },
    "empty header": { ...plain, header: "" },
  };
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const expected = () => Object.fromEntries(Object.keys(cases).map((name) => [name, name.startsWith("valid")]));

function run(command: string, file: string): Record<string, boolean> {
  const done = spawnSync(command, [file], { input: JSON.stringify(cases), encoding: "utf8" });
  if (done.error) throw new Error(`${command} is needed to test docs/webhooks.md: ${done.error.message}`);
  expect(done.stderr).toBe("");
  return JSON.parse(done.stdout);
}

describe("the docs' code tells true deliveries from all others", () => {
  test("in TypeScript", async () => {
    const main = `
      import { readFileSync } from "node:fs";
      const cases = Object.entries(JSON.parse(readFileSync(0, "utf8")));
      console.log(JSON.stringify(Object.fromEntries(cases.map(([name, c]) =>
        [name, verifyWebhook(c.body, c.header, c.secret, c.now ?? undefined)]))));`;
    const { code } = await transform(`${snippet("ts")}${main}`, { loader: "ts", format: "esm" });
    await writeFile(join(dir, "verify.mjs"), code);
    expect(run(process.execPath, join(dir, "verify.mjs"))).toEqual(expected());
  });

  test("in Python", async () => {
    const main = `
import json, sys
cases = json.load(sys.stdin)
print(json.dumps({name: verify_webhook(c["body"].encode(), c["header"], c["secret"], c["now"]) for name, c in cases.items()}))
`;
    await writeFile(join(dir, "verify.py"), snippet("python") + main);
    expect(run("python3", join(dir, "verify.py"))).toEqual(expected());
  });
});
