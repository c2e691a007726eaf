/** The API's process with the suite's fixtures in it: the product's own code, but for the class that speaks MCP. */

import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export async function bundleWithFixtures(): Promise<string> {
  const outfile = path("../../dist/conformance-under-test.js");
  await build({
    entryPoints: [path("../api-server.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    logLevel: "warning",
    plugins: [
      {
        name: "fixtures",
        setup: ({ onResolve }) =>
          onResolve({ filter: /^@modelcontextprotocol\/server$/ }, ({ importer }) =>
            importer.endsWith("/src/server/mcp/server.ts") ? { path: path("server.ts") } : null,
          ),
      },
    ],
  });
  return outfile;
}
