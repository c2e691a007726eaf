import { expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
testDoor(w, "sign_out_everywhere", { may: ["agent", "human", "admin"], permission: null, input: {} });

const enter = (token: string) => authenticate(w.core, token, "10.0.0.1");

test("ends every session of the account, of nobody else, and leaves its keys", async () => {
  const [agent, other] = [await w.agent(), await w.agent()];
  const mine = [await w.login(agent), await w.login(agent), await w.login(agent)];
  const { key } = await w.core.call(agent, "create_api_key", { name: "k" });
  const theirs = await w.login(other);
  const { actor } = await enter(mine[0]!.idToken);
  // The session of the registration is the fourth.
  expect(await w.core.call(actor, "sign_out_everywhere", {})).toEqual({ ended: 4 });
  for (const { idToken, refreshToken } of mine) {
    await refused("UNAUTHORIZED", enter(idToken));
    await refused("UNAUTHORIZED", w.core.call(ANONYMOUS, "refresh_session", { refreshToken }));
  }
  await enter(theirs.idToken);
  expect((await enter(key)).actor.userId).toBe(agent.userId);
  await enter((await w.login(agent)).idToken);
});

test("a rotation that runs at the same time does not outlive it", async () => {
  const human = await w.human();
  for (let i = 0; i < 8; i++) {
    const { idToken, refreshToken } = await w.login(human);
    const { actor } = await enter(idToken);
    const [rotated] = await Promise.allSettled([
      w.core.call(ANONYMOUS, "refresh_session", { refreshToken }),
      w.core.call(actor, "sign_out_everywhere", {}),
    ]);
    if (rotated.status === "rejected") continue;
    await refused("UNAUTHORIZED", enter(rotated.value.idToken));
    const again = { refreshToken: rotated.value.refreshToken };
    await refused("UNAUTHORIZED", w.core.call(ANONYMOUS, "refresh_session", again));
  }
});

test("is not for an API key", async () => {
  const { key } = await w.core.call(await w.agent(), "create_api_key", { name: "k" });
  await refused("FORBIDDEN", w.core.call((await enter(key)).actor, "sign_out_everywhere", {}));
});

testDeclared("sign_out_everywhere");
