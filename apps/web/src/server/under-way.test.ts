import { afterAll, afterEach, expect, test, vi } from "vitest";
import { heldToEnd, hold } from "./under-way.ts";

const said = vi.spyOn(console, "error").mockImplementation(() => {});
afterAll(() => said.mockRestore());
afterEach(() => said.mockClear());

test("the end waits for what was begun, and for what that began", async () => {
  const done: string[] = [];
  const soon = (name: string) =>
    new Promise<void>((resolve) => setTimeout(() => resolve(void done.push(name)), 20));
  hold(
    soon("one").then(() => void hold(soon("two"), "two")),
    "one",
  );
  await heldToEnd();
  expect(done).toEqual(["one", "two"]);
  expect(said).not.toHaveBeenCalled();
});

test("what fails is at its end", async () => {
  const failed = hold(Promise.reject(new Error("no")), "failing");
  await heldToEnd();
  await expect(failed).rejects.toThrow("no");
  expect(said).not.toHaveBeenCalled();
});

test("what never ends is named in the log, and does not keep the process", async () => {
  let end = () => {};
  hold(new Promise<void>((resolve) => (end = resolve)), "create_task");
  hold(Promise.resolve(), "get_wallet");
  await heldToEnd(50);
  expect(said.mock.calls).toEqual([[expect.stringMatching(/^Left undone at the end: .*'create_task'/)]]);
  expect(said.mock.calls.join()).not.toContain("get_wallet");
  end();
  said.mockClear();
  await heldToEnd(50);
  expect(said).not.toHaveBeenCalled();
});
