import { expect, test } from "vitest";
import { checkPassword, hashPassword } from "./passwords.ts";

test("a password is kept as argon2id of OWASP's strength, and salted", async () => {
  const [one, two] = [await hashPassword("correct-horse-1"), await hashPassword("correct-horse-1")];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await checkPassword(one, "correct-horse-1")).toBe(true);
  expect(await checkPassword(one, "correct-horse-2")).toBe(false);
  expect(await checkPassword(undefined, "no account has this password")).toBe(false);
});

test("an account that is not there takes as long as one that is", async () => {
  const stored = await hashPassword("correct-horse-1");
  const time = async (hash: string | undefined) => {
    const took: number[] = [];
    for (let i = 0; i < 7; i++) {
      const start = performance.now();
      await checkPassword(hash, "wrong-horse-1");
      took.push(performance.now() - start);
    }
    return took.sort((a, b) => a - b)[3]!;
  };
  await time(undefined);
  const [there, missing] = [await time(stored), await time(undefined)];
  expect(missing).toBeGreaterThan(there / 4);
});
