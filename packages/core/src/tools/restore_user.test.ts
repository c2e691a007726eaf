import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { act, openWorld, refused } from "../../test/world.ts";
import { actorOfUser, authenticate } from "../auth/authenticate.ts";
import { type Actor, ANONYMOUS } from "../context.ts";

const w = await openWorld();
const { core, admin } = w;
const reason = "The owner answered, and the listing was a misunderstanding.";
const suspend = (user: Actor) =>
  act(core, admin, "suspend_user", { userId: user.userId, reason: "Looks like a scam." });
const restore = (userId: string, why = reason) => act(core, admin, "restore_user", { userId, reason: why });

testDoor(w, "restore_user", {
  may: ["admin"],
  permission: "tasks:write",
  input: { userId: "user_none", reason },
  required: ["userId", "reason"],
  codes: { reason: "REASON_TOO_SHORT" },
});

test("opens the doors again, keeps the reason, and mails it", async () => {
  const [email, password] = ["back@example.com", "correct-horse-1"];
  const made = await core.call(ANONYMOUS, "register_human", { email, password, displayName: "Back" });
  const human = await actorOfUser(core, made.user.id);
  await suspend(human);
  const done = await restore(human.userId);
  expect(fieldsOf(done)).toEqual(["suspendedAt", "userId"]);
  expect(done).toEqual({ userId: human.userId, suspendedAt: null });
  expect(await actorOfUser(core, human.userId)).toMatchObject({ role: "human" });
  expect((await core.call(ANONYMOUS, "login", { email, password })).user.id).toBe(human.userId);
  const [mail] =
    await core.client`select subject, body from mail where recipient = ${email} order by id desc`;
  expect(mail?.subject).toBe("Your Humans2AI account is restored");
  expect(mail?.body).toContain(reason);
  const { history, suspendedAt } = await core.call(admin, "get_user", { userId: human.userId });
  expect(suspendedAt).toBeNull();
  expect(history.map((h) => h.action)).toEqual(["restore", "suspend"]);
});

test("a session of before the suspension stays ended", async () => {
  const made = await core.call(ANONYMOUS, "register_human", {
    email: "ended@example.com",
    password: "correct-horse-1",
    displayName: "Ended",
  });
  await act(core, admin, "suspend_user", { userId: made.user.id, reason: "Looks like a scam." });
  await restore(made.user.id);
  const { refreshToken, idToken } = made;
  await refused("UNAUTHORIZED", authenticate(core, idToken, "192.0.2.7"));
  await refused("UNAUTHORIZED", core.call(ANONYMOUS, "refresh_session", { refreshToken }));
});

test("refuses a short reason, nobody, oneself, and who is not suspended", async () => {
  const human = await w.human();
  await refused("NOT_SUSPENDED", restore(human.userId));
  await refused("REASON_TOO_SHORT", restore(human.userId, "Short."));
  await refused("USER_NOT_FOUND", restore("user_none"));
  await refused("OWN_ACCOUNT", restore(admin.userId));
});

test("an admin who is suspended meanwhile decides nothing any more", async () => {
  const human = await w.human();
  await suspend(human);
  await core.client`update app_user set suspended_at = clock_now() where id = ${admin.userId}`;
  await refused("USER_SUSPENDED", restore(human.userId));
  await core.client`update app_user set suspended_at = null where id = ${admin.userId}`;
});

test("restored twice at once: it is done once", async () => {
  const human = await w.human();
  await suspend(human);
  const both = await Promise.allSettled([restore(human.userId), restore(human.userId)]);
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
});

testDeclared("restore_user");
