import { expect, test } from "vitest";
import { makeTurns } from "../src/server/turns.ts";

const later = () => {
  let done = () => {};
  const promise = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { promise, done };
};

test("so many at once for each, the next in their order, and no more than may wait", async () => {
  const turn = makeTurns(2, 2);
  const order: number[] = [];
  const jobs = [0, 1, 2, 3].map(() => later());
  const runs = jobs.map((job, i) =>
    turn("a", () => {
      order.push(i);
      return job.promise;
    }),
  );
  await expect(turn("a", async () => {})).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await turn("b", async () => "not in their way")).toBe("not in their way");
  expect(order).toEqual([0, 1]);
  jobs[1]!.done();
  await runs[1];
  await expect.poll(() => order).toEqual([0, 1, 2]);
  for (const job of jobs) job.done();
  await Promise.all(runs);
  expect(order).toEqual([0, 1, 2, 3]);
});

test("one that fails gives its turn on", async () => {
  const turn = makeTurns(1, 1);
  await expect(turn("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await turn("a", async () => 7)).toBe(7);
});
