import { defineConfig } from "@playwright/test";

const executablePath = process.env.CHROMIUM_PATH || "/usr/bin/chromium";

const WIRE = /(contract|clients)\.spec\.ts$/;
/** Needs what is installed in interop/, so it runs only when asked for: `npm test` does, in CI. */
const INTEROP = /interop\.spec\.ts$/;

/** The ways to the same server: programs over HTTP and MCP, those of others, a desktop browser, a phone. */
export default defineConfig({
  testDir: "stories",
  globalSetup: "./support/setup.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    launchOptions: { executablePath, args: ["--no-sandbox", "--disable-gpu"] },
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: true, sources: false },
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "Asia/Shanghai",
  },
  projects: [
    { name: "wire", testMatch: WIRE },
    ...(process.env.INTEROP ? [{ name: "interop", testMatch: INTEROP }] : []),
    {
      name: "desktop",
      testIgnore: [WIRE, INTEROP],
      use: { viewport: { width: 1440, height: 900 } },
    },
    {
      name: "phone",
      grep: /@phone/,
      use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
    },
  ],
});
