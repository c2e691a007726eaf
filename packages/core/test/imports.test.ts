/** Who may import whom: the layers of the design, read from the sources. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));

interface Source {
  path: string;
  text: string;
  /** What it imports at run time; workspace files by path, packages by name. */
  runtime: string[];
  all: string[];
}

const IMPORT =
  /(?:^|[\s;])(?:import|export)\s+(type\s+)?([^"';]*?)\s*from\s*["']([^"']+)["']|(?:import\(|^import\s)\s*["']([^"']+)["']/gm;

function read(path: string): Source {
  const text = readFileSync(join(root, path), "utf8");
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const [runtime, all]: [string[], string[]] = [[], []];
  for (const [, type, names = "", from, bare] of code.matchAll(IMPORT)) {
    const named = (from ?? bare)!;
    const target = named.startsWith(".") ? join(dirname(path), named) : named;
    all.push(target);
    const each = names
      .replace(/[{}]/g, "")
      .split(",")
      .map((n) => n.trim())
      .filter(Boolean);
    const onlyTypes = each.length > 0 && each.every((n) => n.startsWith("type "));
    if (!type && !onlyTypes) runtime.push(target);
  }
  return { path, text, runtime, all };
}
const SKIPPED = new Set(["node_modules", "dist", ".next", ".next-dev", "generated"]);
/** The files below a folder whose names end so. */
function sources(folder: string, ...ends: string[]): Source[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sources(path, ...ends);
    return ends.some((end) => path.endsWith(end)) && !path.endsWith(".d.ts") ? [read(path)] : [];
  });
}

const CORE = "packages/core/src";
const core = sources(CORE, ".ts").filter((s) => !s.path.endsWith(".test.ts"));
const web = sources("apps/web", ".ts", ".tsx");
const outside = [...sources("packages/mcp/src", ".ts"), ...sources("e2e", ".ts")];
const isLocal = (target: string) => target.includes("/") && !target.startsWith("@") && /\.tsx?$/.test(target);

/** Every import that a rule does not allow, as "file → target". */
const offences = (files: Source[], allowed: (target: string, file: Source) => boolean) =>
  files.flatMap((f) => f.all.filter((t) => !allowed(t, f)).map((t) => `${f.path} → ${t}`));

test("the sources are found, and their imports read", () => {
  expect(core.length).toBeGreaterThan(60);
  expect(web.length).toBeGreaterThan(10);
  expect(read(`${CORE}/call.ts`).all).toContain(`${CORE}/tools/index.ts`);
  const tool = read(`${CORE}/tool.ts`);
  expect(tool.all).toContain(`${CORE}/context.ts`);
  expect(tool.runtime).toEqual([]);
  expect(read(`${CORE}/advance.ts`).runtime).toContain(`${CORE}/codecs.ts`);
});

test("the tables and words import only zod and each other, and the browser's door not even zod", () => {
  const pure = [
    "lifecycle",
    "statuses",
    "event-types",
    "ledger",
    "errors",
    "codecs",
    "fields",
    "vocabulary",
    "product",
    "redact",
    "questions/schema",
    "questions/answer",
    "wire",
  ].map((name) => `${CORE}/${name}.ts`);
  const isPure = (path: string) => pure.includes(path) || path.startsWith(`${CORE}/errors/`);
  const files = core.filter((s) => isPure(s.path));
  expect(files.length).toBeGreaterThan(7);
  expect(offences(files, (t) => t === "zod" || isPure(t))).toEqual([]);
  const reached = new Set<string>();
  const visit = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const t of read(path).runtime) isLocal(t) ? visit(t) : reached.add(t);
  };
  visit(`${CORE}/wire.ts`);
  expect([...reached].filter((t) => !isPure(t))).toEqual([]);
});

test("core knows no framework and no environment", () => {
  expect(offences(core, (t) => !/^(next|react|react-dom|@modelcontextprotocol)(\/|-|$)/.test(t))).toEqual([]);
  expect(core.filter((s) => s.text.includes("process.env")).map((s) => s.path)).toEqual([]);
});

test("time and ids come from the context", () => {
  const makers = [
    `${CORE}/core.ts`,
    `${CORE}/context.ts`,
    `${CORE}/auth/tokens.ts`,
    `${CORE}/auth/sealing.ts`,
  ];
  const clocks = /Date\.now\(|new Date\(\)|randomUUID|Math\.random|randomBytes/;
  expect(core.filter((s) => clocks.test(s.text) && !makers.includes(s.path)).map((s) => s.path)).toEqual([]);
});

test("a tool imports no other tool, nor the door, nor what is derived from it", () => {
  const tools = core.filter((s) => s.path.startsWith(`${CORE}/tools/`) && !s.path.endsWith("/index.ts"));
  expect(tools.length).toBeGreaterThan(30);
  const barred = new RegExp(`^${CORE}/(tools/|derive/|jobs/|call\\.ts|core\\.ts|index\\.ts)`);
  expect(offences(tools, (t) => !barred.test(t))).toEqual([]);
});

test("the web reaches tables only through the core's doors", () => {
  const doors = ["@humans2ai/core", "@humans2ai/core/wire", "@humans2ai/core/setup"];
  const tables = /^(drizzle-orm|drizzle-kit|postgres|pg)(\/|$)/;
  const inside = (t: string) =>
    t.includes("packages/") || (t.startsWith("@humans2ai/") && !doors.includes(t));
  const product = web.filter((f) => !f.path.startsWith("apps/web/test/"));
  expect(offences(product, (t) => !tables.test(t) && !inside(t))).toEqual([]);
});

test("what runs in the browser imports only the core's wire", () => {
  const client = web.filter((s) => /^\s*["']use client["']/.test(s.text));
  expect(client.length).toBeGreaterThan(3);
  const found = client.flatMap((s) =>
    s.runtime
      .filter((t) => t.startsWith("@humans2ai/") && t !== "@humans2ai/core/wire")
      .map((t) => `${s.path} → ${t}`),
  );
  expect(found).toEqual([]);
});

test("the stdio package and the stories import nothing of the workspace's code", () => {
  const own = (f: Source) => f.path.slice(0, f.path.startsWith("e2e/") ? 4 : "packages/mcp/".length);
  const foreign = (t: string, f: Source) =>
    !t.startsWith("@humans2ai/") && (!isLocal(t) || t.startsWith(own(f)));
  expect(outside.length).toBeGreaterThan(5);
  expect(offences(outside, foreign)).toEqual([]);
});

describe.each([
  ["core", core],
  ["web", web],
])("%s", (_, files) => {
  test("has no import cycles", () => {
    const byPath = new Map(files.map((f) => [f.path, f]));
    const find = (target: string) =>
      byPath.get(target) ?? ["ts", "tsx"].map((e) => byPath.get(`${target}.${e}`)).find(Boolean);
    const [done, cycles] = [new Set<string>(), new Set<string>()];
    const visit = (file: Source, trail: string[]) => {
      const at = trail.indexOf(file.path);
      if (at >= 0) return void cycles.add([...trail.slice(at), file.path].join(" → "));
      if (done.has(file.path)) return;
      for (const t of file.runtime) {
        const next = find(t.startsWith("@/") ? `apps/web/src/${t.slice(2)}` : t);
        if (next) visit(next, [...trail, file.path]);
      }
      done.add(file.path);
    };
    for (const file of files) visit(file, []);
    expect([...cycles]).toEqual([]);
  });

  test("has no file of more than 250 lines", () => {
    const long = files.filter((f) => f.text.split("\n").length > 251);
    expect(long.map((f) => `${f.path}: ${f.text.split("\n").length - 1}`)).toEqual([]);
  });
});

test("no test, script or SQL file is longer either", () => {
  const texts = ["packages", "e2e", "scripts"].flatMap((folder) => sources(folder, ".ts", ".mjs", ".sql"));
  const long = texts.filter((f) => f.text.split("\n").length > 251);
  expect(long.map((f) => `${f.path}: ${f.text.split("\n").length - 1}`)).toEqual([]);
});
