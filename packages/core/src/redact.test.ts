import { describe, expect, test } from "vitest";
import { newSecret, signIdToken } from "./auth/tokens.ts";
import { echoName } from "./errors/row.ts";
import { Refusal } from "./errors.ts";
import { holdsSecret, redact } from "./redact.ts";

const secret = new TextEncoder().encode("a test secret of thirty-two bytes or more");
const idToken = await signIdToken(
  secret,
  { id: "ses_1", userId: "user_1", signedInAt: new Date() },
  new Date(),
  60,
);
const tokens = ["sk_live_", "rt_", "ctk_", "whsec_", "ml_", "oat_", "ort_", "oac_"].map(newSecret);

describe.each([
  ["an API key", tokens[0]!],
  ["a refresh token", tokens[1]!],
  ["a confirmation token", tokens[2]!],
  ["a webhook secret", tokens[3]!],
  ["a mailed link's token", tokens[4]!],
  ["an app's access token", tokens[5]!],
  ["an app's refresh token", tokens[6]!],
  ["an app's code", tokens[7]!],
  ["an idToken", idToken],
])("%s", (_name, token) => {
  test.each([
    ["alone", token],
    ["in a sentence", `The key ${token}, which leaked.`],
    ["in JSON", JSON.stringify({ deep: [{ a: token }] })],
    ["in an address", `https://example.com/?key=${token}&x=1`],
    ["glued to a dash", `--${token}--`],
    ["in another alphabet", `鍵は${token}です`],
    ["twice", `${token} ${token}`],
  ])("is masked and seen %s", (_, text) => {
    expect(redact(text)).not.toContain(token);
    expect(redact(text)).not.toContain(token.slice(10, 24));
    expect(holdsSecret(text)).toBe(true);
  });
});

test("the name of a tool is repeated, a token that has no digit by chance is not", () => {
  for (const prefix of ["sk_live_", "rt_", "oat_"]) expect(echoName(prefix + "aB".repeat(16))).toBe("…");
  expect(echoName("rotate_webhook_secret")).toBe("rotate_webhook_secret");
});

test.each([
  ["postgres://app:hunter2@db:5432/h2a", "postgres://app:…@db:5432/h2a"],
  ["$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", "$argon2…"],
  ["Failing row contains (user_1, a@b.c, $argon2id$x).", "Failing row contains (…)."],
])("%s becomes %s", (text, masked) => {
  expect(redact(text)).toBe(masked);
});

const stranger = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from('{"iss":"shop"}').toString("base64url")}.c2lnbmF0dXJl`;
test.each([
  "A photo of the art_deco_facade_of_the_old_cinema_and_its_sign.",
  "Send Authorization: Bearer sk_live_… or an idToken.",
  "API_KEY: sk_live_your_api_key",
  "start_of_something_that_is_long_enough_to_be_a_token",
  "https://example.com/user@host:8080/path",
  `https://files.example.com/photo.jpg?token=${stranger}`,
  "eyJ is how they all begin",
  "eyJhbGciOiJub25lIn0.eyJub3QganNvbg.x",
])("%s holds no secret of ours", (text) => {
  expect(holdsSecret(text)).toBe(false);
});

test("a refusal never repeats a secret, wherever it was sent", () => {
  for (const token of tokens) {
    for (const facts of [{ taskId: token }, { keyId: token }, { fileId: token }, { humanId: token }]) {
      for (const code of [
        "TASK_NOT_FOUND",
        "KEY_NOT_FOUND",
        "FILE_NOT_FOUND",
        "NO_PENDING_APPLICATION",
      ] as const)
        expect(new Refusal(code, facts).message).not.toContain(token);
    }
    expect(new Refusal("VALIDATION_ERROR", { message: `x: ${token}` }).message).toMatch(/^x: \w+_…$/);
    expect(new Refusal("NOT_FOUND", { path: `/api/v1/${token}` }).message).not.toContain(token);
  }
  expect(new Refusal("TASK_NOT_FOUND", { taskId: "task_xyz" }).message).toBe('Task "task_xyz" not found');
  expect(new Refusal("TASK_NOT_FOUND", { taskId: "correct-horse-1" }).message).toBe('Task "…" not found');
});
