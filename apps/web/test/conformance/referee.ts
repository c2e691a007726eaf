/** Runs the official suite against a server, and tells what it found. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const interop = fileURLToPath(new URL("../../../../interop/node_modules/", import.meta.url));
const suite = join(interop, "@modelcontextprotocol/conformance");
/** The suite needs a newer Node than the product. */
const node = ["x64", "arm64"].map((cpu) => join(interop, `node-linux-${cpu}/bin/node`)).find(existsSync);

export interface Check {
  id: string;
  status: "SUCCESS" | "FAILURE" | "WARNING" | "SKIPPED" | "INFO";
  errorMessage?: string;
}
export interface Verdict {
  /** By scenario. */
  checks: Map<string, Check[]>;
  said: string;
  code: number | null;
}

/** The names in a list of a YAML file of the suite's, under the key `server`. */
export function scenariosIn(yaml: string): string[] {
  const list = /^server:.*\n((?: .*\n|\s*\n)*)/m.exec(yaml)?.[1] ?? "";
  return [...list.matchAll(/^ +- (\S+)/gm)].map(([, name]) => name!);
}

/** The server scenarios that a revision requires, as the suite has them fixed. */
export const required = async (revision: string): Promise<string[]> =>
  scenariosIn(await readFile(join(suite, `requirements/${revision}.yaml`), "utf8"));

/** A way to the server that adds the credential, which the suite cannot, and changes nothing else. */
export async function withCredential(port: number, token: string) {
  const server = createServer((req, res) => {
    const { method, url: path, rawHeaders } = req;
    const headers = [...rawHeaders, "Authorization", `Bearer ${token}`];
    const passed = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(res);
    });
    passed.on("error", () => res.destroy());
    res.on("close", () => passed.destroy());
    req.pipe(passed);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/api/v1/mcp`, server };
}

/** What a revision requires, run on its wire. */
export async function judge(url: string, revision: string, baseline: string): Promise<Verdict> {
  if (!node || !existsSync(suite))
    throw new Error("The suite is not installed: run pnpm install in interop/.");
  const out = await mkdtemp(join(tmpdir(), "h2a-conformance-"));
  try {
    const args = [
      join(suite, "dist/index.js"),
      "server",
      "--url",
      url,
      "--requirements",
      revision,
      "-o",
      out,
      "--expected-failures",
      baseline,
    ];
    const child = spawn(node, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += chunk;
      });
    }
    const [code] = await once(child, "close");
    return { checks: await checksIn(out), said, code };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

async function checksIn(folder: string): Promise<Map<string, Check[]>> {
  const found = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith("checks.json"));
  const read = found
    .sort()
    .map(
      async (name): Promise<[string, Check[]]> => [
        name.replace(/^server-|-\d{4}-\d\d-\d\dT.*$/g, ""),
        JSON.parse(await readFile(join(folder, name), "utf8")),
      ],
    );
  return new Map(await Promise.all(read));
}
