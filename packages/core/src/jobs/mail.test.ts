import { beforeEach, expect, test } from "vitest";
import { fail, openWorld } from "../../test/world.ts";
import type { Core } from "../core.ts";
import { queueMail } from "../mail.ts";
import { deliverMail, MailRefused, type OutgoingMail } from "./mail.ts";
import type { Report } from "./runner.ts";

const w = await openWorld();
const mail = (to: string, goodFor?: number) =>
  queueMail(w.core.client, { to, subject: "Hello", text: "A link.", ...(goodFor ? { goodFor } : {}) });
const state = async (to: string) =>
  (
    await w.core
      .client`select attempts, body, failure, sent_at is not null as sent, given_up_at is not null as given_up,
      extract(epoch from next_at - clock_now())::int as wait from mail where recipient = ${to}`
  )[0];

/** Takes everything, and remembers it. */
function receiver() {
  const got: OutgoingMail[] = [];
  return { got, send: async (one: OutgoingMail) => void got.push(one) };
}
const down = async () => {
  throw new Error("connect ECONNREFUSED");
};
const quiet = () => {};
const deliver = (send: Parameters<typeof deliverMail>[1], core: Core = w.core, report: Report = fail) =>
  deliverMail(core, send, report);

beforeEach(async () => {
  await w.core.client`delete from mail`;
});

test("sends what is due, once, and forgets the text, which may hold a link", async () => {
  await mail("one@nowhere.test");
  const { got, send } = receiver();
  expect(await deliver(send)).toBe(1);
  expect(got).toEqual([
    { id: expect.any(String), to: "one@nowhere.test", subject: "Hello", text: "A link." },
  ]);
  expect(await deliver(send)).toBe(0);
  expect(await state("one@nowhere.test")).toMatchObject({ sent: true, body: "", attempts: 1, failure: null });
});

test("a mail is not seen before what caused it is done", async () => {
  const { got, send } = receiver();
  await expect(
    w.core.client.begin(async (tx) => {
      await queueMail(tx, { to: "never@nowhere.test", subject: "x", text: "x" });
      await deliver(send);
      throw new Error("undone");
    }),
  ).rejects.toThrow("undone");
  await deliver(send);
  expect(got).toEqual([]);
});

test("two processes send each of many mails once", async () => {
  for (let i = 0; i < 45; i++) await mail(`many${i}@nowhere.test`);
  const { got, send } = receiver();
  const slow = async (one: OutgoingMail) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await send(one);
  };
  const counts = await Promise.all([w.core, w.later(0), w.later(0)].map((core) => deliver(slow, core)));
  expect(counts.reduce((a, b) => a + b)).toBe(45);
  expect(new Set(got.map((m) => m.to)).size).toBe(45);
  expect(got).toHaveLength(45);
});

test("a process that dies while sending leaves the mail to the next, when its claim has run out", async () => {
  await mail("lease@nowhere.test");
  const { got, send } = receiver();
  let die = () => {};
  const dying = deliver(() => new Promise((resolve) => (die = resolve)));
  await expect.poll(async () => (await state("lease@nowhere.test"))?.attempts).toBe(1);
  expect(await deliver(send, w.later(0.07))).toBe(0);
  expect(await deliver(send, w.later(0.1))).toBe(1);
  expect(got).toHaveLength(1);
  die();
  await dying;
});

test("what fails is tried again ever more seldom, and the failure is kept and reported", async () => {
  await mail("later@nowhere.test");
  const waits: number[] = [];
  const reported: unknown[] = [];
  const report = (error: unknown) => void reported.push(error);
  let hours = 0;
  for (let i = 0; i < 10; i++) {
    const core = w.later(hours);
    expect(await deliver(down, core, report)).toBe(0);
    const [row] =
      await core.client`select extract(epoch from next_at - clock_now())::float as wait, failure, body from mail`;
    waits.push(row?.wait);
    expect(row).toMatchObject({ failure: "connect ECONNREFUSED", body: "A link." });
    hours += (row?.wait + 1) / 3600;
  }
  for (const [i, wait] of waits.entries()) {
    const mean = Math.min(15 * 2 ** i, 3600);
    expect(wait).toBeGreaterThan(mean * 0.75);
    expect(wait).toBeLessThan(mean * 1.25);
  }
  expect(reported).toHaveLength(10);
  expect(String(reported[0])).not.toContain("A link.");
  const { send } = receiver();
  expect(await deliver(send, w.later(hours))).toBe(1);
  expect(await state("later@nowhere.test")).toMatchObject({ sent: true, failure: null });
});

test("is given up when what it says is of no use any more", async () => {
  await mail("short@nowhere.test", 60);
  await mail("days@nowhere.test");
  await deliver(down, w.core, quiet);
  const { got, send } = receiver();
  await deliver(send, w.later(1.1));
  expect(got.map((m) => m.to)).toEqual(["days@nowhere.test"]);
  expect(await state("short@nowhere.test")).toMatchObject({ given_up: true, sent: false, body: "" });
  expect((await state("short@nowhere.test"))?.failure).toBe("connect ECONNREFUSED");
  await mail("old@nowhere.test");
  await deliver(send, w.later(73));
  expect(await state("old@nowhere.test")).toMatchObject({
    given_up: true,
    failure: "it was not taken in time",
  });
});

test("one that the server refuses for good is not sent again, and the others go out", async () => {
  await mail("gone@nowhere.test");
  await mail("there@nowhere.test");
  const { got, send } = receiver();
  const picky = async (one: OutgoingMail) => {
    if (one.to.startsWith("gone")) throw new MailRefused("550 no such user");
    await send(one);
  };
  expect(await deliver(picky, w.core, quiet)).toBe(1);
  expect(await state("gone@nowhere.test")).toMatchObject({
    given_up: true,
    failure: "550 no such user",
    body: "",
  });
  expect(await deliver(send, w.later(2))).toBe(0);
  expect(got.map((m) => m.to)).toEqual(["there@nowhere.test"]);
});
