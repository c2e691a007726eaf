/** What `call` checks before a tool runs: who may, whether the input is sound, and the idempotency key. */

import { createHash } from "node:crypto";
import { asRecord, type Trail } from "./audit/entry.ts";
import { refuseDelegated, requireSignIn } from "./auth/fresh.ts";
import type { Actor } from "./context.ts";
import { Refusal } from "./errors.ts";
import { faultsOf, sayFaults, sayIssue } from "./faults.ts";
import type { Tool } from "./tool.ts";

export function authorise(tool: Tool, actor: Actor, now: Date) {
  if (!tool.who.includes(actor.role) && !tool.who.includes("anonymous")) {
    if (actor.role === "anonymous") throw new Refusal("UNAUTHORIZED");
    throw new Refusal("FORBIDDEN", { roles: tool.who });
  }
  if (tool.session) refuseDelegated(actor, "Sign in");
  if (tool.permission && actor.role !== "clock" && !actor.permissions.includes(tool.permission)) {
    throw new Refusal("FORBIDDEN", { permission: tool.permission });
  }
  if (tool.signIn) requireSignIn(actor, now, tool.signIn);
}

/** The input as the tool's schema has it; a fault names its field, and keeps the contract's code where it has one. */
export function decode(tool: Tool, input: unknown): unknown {
  const parsed = tool.input.safeParse(input ?? {}, { error: sayIssue });
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error);
  const first = faults[0]!;
  const code = tool.refuseAs?.[first.path] ?? tool.refuseAs?.[`${first.path}.${first.code}`];
  const fields = faults.map(({ path, message }) => ({ path, message }));
  if (code) throw new Refusal(code, { min: first.limit, max: first.limit, fields });
  throw new Refusal("VALIDATION_ERROR", { message: sayFaults(faults), fields });
}

/** The key of a call: a money tool's argument of that name, or the header. */
export function keyOf(tool: Tool, header: string | null, input: unknown): string | null {
  const { idempotencyKey: argument } = asRecord(input);
  return tool.money && typeof argument === "string" ? argument : header;
}

/** Refuses a call without the key that it needs, or with two; gives back the key as it is kept. */
export function checkKey(tool: Tool, trail: Trail, header: string | null): string | null {
  const { actor, idempotencyKey: key } = trail;
  if (header !== null && header !== key) {
    const message = "differs from the Idempotency-Key header. Send one of them";
    throw new Refusal("VALIDATION_ERROR", {
      message: `idempotencyKey: ${message}`,
      fields: [{ path: "idempotencyKey", message }],
    });
  }
  if (key !== null && !/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw new Refusal("VALIDATION_ERROR", {
      message: "Idempotency-Key: 1 to 255 printable ASCII characters",
    });
  }
  if (tool.money && key === null && actor.role === "agent") {
    throw new Refusal("IDEMPOTENCY_KEY_REQUIRED", { tool: trail.tool });
  }
  if (key === null || actor.role === "anonymous" || tool.ownTransaction) return null;
  return createHash("sha256").update(key).digest("hex"); // it may be a secret that went astray
}
