import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The official MCP conformance suite, from what is installed in interop/: `npm test` runs it in CI. */
export default defineConfig({ test: { ...base.test, include: ["test/conformance/*.conformance.ts"] } });
