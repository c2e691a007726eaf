import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { PACKAGE_VERSION: JSON.stringify("0.0.0-test") },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: "test/build.ts",
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
