import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "./test/postgres.ts",
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes, also on a machine that is busy with other things.
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 3,
    // The files share nothing but the modules, which are costly to load again for each.
    isolate: false,
  },
});
