/** The stories' own `test`: pages of several people, and what must hold after every story. */

import { test as base, type ConsoleMessage, expect, type Page } from "@playwright/test";
import { serverUrl } from "./api.ts";
import { brokenInvariants, closeLedger } from "./ledger.ts";

interface Stage {
  /** A page in a browser of its own, for one more person. */
  newPage: () => Promise<Page>;
  /** Faults that pages reported by themselves; a story that expects one removes it. */
  faults: string[];
  soundBooks: undefined;
}
interface Worker {
  ledger: undefined;
}

export const test = base.extend<Stage, Worker>({
  baseURL: async ({ browserName: _ }, use) => use(serverUrl()),
  faults: async ({ browserName: _ }, use) => {
    const faults: string[] = [];
    await use(faults);
    expect(faults, "errors in the console of a page").toEqual([]);
  },
  page: async ({ page, faults }, use) => use(watched(page, faults)),
  newPage: async ({ browser, faults }, use) => {
    const made: Page[] = [];
    await use(async () => {
      const page = watched(await browser.newPage(), faults);
      made.push(page);
      return page;
    });
    for (const page of made) await page.context().close();
  },
  ledger: [
    async ({ browserName: _ }, use) => {
      await use(undefined);
      await closeLedger();
    },
    { scope: "worker", auto: true },
  ],
  soundBooks: [
    async ({ browserName: _ }, use) => {
      await use(undefined);
      expect(await brokenInvariants()).toEqual([]);
    },
    { auto: true },
  ],
});

function watched(page: Page, faults: string[]): Page {
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (isFault(message)) faults.push(`${page.url()}: ${message.text()}`);
  });
  return page;
}

/** A refused request is told to the person by the page; that Chromium notes it too is no fault of the page. */
const isFault = (message: ConsoleMessage) =>
  message.type() === "error" && !message.text().startsWith("Failed to load resource");

export { expect, type Page };
