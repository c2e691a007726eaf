import { expect, test } from "vitest";
import { judged } from "../../src/untrusted/fold.ts";
import { sightOf } from "../../src/untrusted/sight.ts";
import { texts } from "./texts.ts";
import { type Sample, weightsFile } from "./train.ts";

const samples = (label: "attacks" | "benign"): Sample[] =>
  texts(label, "tuned").map(({ text }) => ({
    features: sightOf(judged(text)).features,
    isAttack: label === "attacks",
  }));

// `pnpm docs:write` is this test with -u.
test("the scorer's weights are those of the tuned texts and nothing else", async () => {
  const written = weightsFile([...samples("attacks"), ...samples("benign")]);
  await expect(written).toMatchFileSnapshot("../../src/untrusted/weights.generated.ts");
});
