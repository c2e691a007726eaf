import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { USER } from "../../test/shapes.ts";
import { openWorld } from "../../test/world.ts";

const w = await openWorld();
testDoor(w, "get_account", { may: ["agent", "human", "admin"], permission: null, input: {} });

test("is one's own account", async () => {
  const human = await w.human("Mei");
  const { user } = await w.core.call(human, "get_account", {});
  expect(fieldsOf(user)).toEqual(USER);
  expect(user).toMatchObject({ id: human.userId, displayName: "Mei", role: "human", emailVerified: false });
  expect(user.email).toBe(await w.emailOf(human));
});

testDeclared("get_account");
