import { expect, test } from "vitest";
import { samples, weightsFile } from "./train.ts";

// `pnpm docs:write` is this test with -u.
test("the scorer's weights are those of the committed texts and nothing else", {
  timeout: 180_000,
}, async () => {
  const written = weightsFile(samples(["tuned", "learned"]));
  await expect(written).toMatchFileSnapshot("../../src/untrusted/weights.generated.ts");
});
