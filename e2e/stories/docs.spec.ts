import { bearer, serverUrl } from "../support/api.ts";
import { newAgent } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("a developer finds a tool by a word in it, and its example works as it is", { tag: "@phone" }, async ({
  page,
}) => {
  await page.goto("/docs");
  await page.getByRole("searchbox", { name: "Search the documentation" }).fill("frozen balance");
  await page
    .getByRole("list", { name: "Search results" })
    .getByRole("link", { name: /^get_wallet/ })
    .click();
  await expect(page).toHaveURL("/docs/tools/get_wallet");
  await expect(page.getByRole("heading", { level: 1, name: "get_wallet" })).toBeVisible();
  const curl = await page.getByRole("figure").filter({ hasText: "curl" }).getByRole("code").textContent();
  const [, url = ""] = /curl (\S+)/.exec(curl ?? "") ?? [];
  const [, body = ""] = /-d '(.*)'$/s.exec(curl ?? "") ?? [];
  const { token } = await newAgent();
  const reply = await fetch(url, { method: "POST", headers: bearer(token), body });
  expect(await reply.json()).toMatchObject({ result: { balance: 500 }, error: null });
});

test("each page of the table of contents is there, and models are told of all", async ({ page, request }) => {
  await page.goto("/docs");
  const links = page.getByRole("navigation", { name: "Documentation" }).getByRole("link");
  const hrefs = await links.evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
  const pages = [...new Set(hrefs)];
  expect(pages.length).toBeGreaterThan(40);
  const told = await (await request.get("/llms.txt")).text();
  for (const path of pages) {
    expect(told, path).toContain(`${serverUrl(path)})`);
    const reply = await request.get(path);
    expect(reply.status(), path).toBe(200);
    // Text of ours that was not filled in.
    expect(await reply.text(), path).not.toMatch(/>(undefined|\[object Object\])</);
  }
  expect((await request.get("/docs/no-such-guide")).status()).toBe(404);
  expect((await request.get("/docs/tools/no_such_tool")).status()).toBe(404);
});
