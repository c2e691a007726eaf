import { expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
testDoor(w, "sign_out", { may: ["agent", "human", "admin"], permission: null, input: {} });

const enter = (token: string) => authenticate(w.core, token, "10.0.0.1");

test("ends this session, its idToken and its refreshToken, and no other", async () => {
  const human = await w.human();
  const [here, there] = [await w.login(human), await w.login(human)];
  const { actor } = await enter(here.idToken);
  expect(await w.core.call(actor, "sign_out", {})).toEqual({ ended: 1 });
  expect((await refused("UNAUTHORIZED", enter(here.idToken))).message).toContain("Log in again");
  const refresh = (refreshToken: string) => w.core.call(ANONYMOUS, "refresh_session", { refreshToken });
  await refused("UNAUTHORIZED", refresh(here.refreshToken));
  await enter(there.idToken);
  await refresh(there.refreshToken);
  expect(await w.core.call(actor, "sign_out", {})).toEqual({ ended: 0 });
});

test("is not for an API key", async () => {
  const agent = await w.agent();
  const { key } = await w.core.call(agent, "create_api_key", { name: "k" });
  await refused("FORBIDDEN", w.core.call((await enter(key)).actor, "sign_out", {}));
});

testDeclared("sign_out");
