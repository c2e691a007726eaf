import { expect, test } from "vitest";
import { lifecyclePage, toolsPage } from "../src/derive/docs.ts";

// `pnpm docs:write` is this test with -u: it writes the pages anew.
test("docs/tools.md is what the registry says", async () => {
  await expect(toolsPage()).toMatchFileSnapshot("../../../docs/tools.md");
});

test("docs/lifecycle.md is what the lifecycle says", async () => {
  await expect(lifecyclePage()).toMatchFileSnapshot("../../../docs/lifecycle.md");
});
