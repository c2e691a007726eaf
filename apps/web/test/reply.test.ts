import { Refusal } from "@humans2ai/core";
import { expect, test } from "vitest";
import { errorReply } from "../src/server/reply.ts";

test("a sign-in that is too old is told so as RFC 9470 has it, a missing one plainly", () => {
  const told = (refusal: Refusal) => errorReply(refusal).headers["www-authenticate"];
  expect(told(new Refusal("FRESH_SIGN_IN_REQUIRED", { minutes: 5 }))).toBe(
    'Bearer error="insufficient_user_authentication", max_age=300',
  );
  expect(told(new Refusal("UNAUTHORIZED"))).toBe("Bearer");
  expect(told(new Refusal("FORBIDDEN"))).toBeUndefined();
});
