// One file, nothing to install beside it: what npx fetches is what runs.
import { chmodSync, readFileSync } from "node:fs";
import { build } from "esbuild";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const outfile = "dist/humans2ai-mcp.js";

await build({
  entryPoints: ["src/main.ts"],
  outfile,
  bundle: true,
  platform: "node",
  // CommonJS starts some 4 ms sooner than an ES module; a lazy import() then has to become a require().
  format: "cjs",
  supported: { "dynamic-import": false },
  target: "node18.17",
  minify: true,
  define: { PACKAGE_VERSION: JSON.stringify(version) },
  banner: { js: "#!/usr/bin/env node" },
  logLevel: "warning",
});
chmodSync(outfile, 0o755);
