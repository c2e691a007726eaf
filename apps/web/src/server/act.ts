"use server";

/** The one server action: every button of the app is a tool call, so a page can do nothing that the API refuses. */

import {
  type Actor,
  type ErrorCode,
  type Input,
  type Output,
  Refusal,
  type ToolName,
  tools,
} from "@humans2ai/core";
import { revalidatePath } from "next/cache";
import { getCore } from "./core.ts";
import { toRefusal } from "./reply.ts";
import { caller } from "./viewer.ts";

export interface ActError {
  code: ErrorCode;
  message: string;
  /** What is wrong with which field, where a field is to blame. */
  fields: { path: string; message: string }[];
}
export type ActResult<T> = { ok: true; result: T } | { ok: false; error: ActError };

/**
 * Calls a tool as the signed-in user. `idempotencyKey` is made once per form, so that a double click or a
 * resent form has one effect.
 */
export async function act<N extends ToolName>(
  name: N,
  input: Input<N>,
  idempotencyKey: string,
): Promise<ActResult<Output<N>>> {
  try {
    const actor = await caller();
    // The name comes from the browser, whatever the types say.
    if (!Object.hasOwn(tools, name) || "binary" in tools[name]) {
      throw new Refusal("MCP_ERROR", { message: "There is no such action." });
    }
    const open: readonly string[] = tools[name].who;
    if (actor.role === "anonymous" && !open.includes("anonymous")) {
      throw new Refusal("UNAUTHORIZED", { message: "You are signed out. Sign in again, then repeat this." });
    }
    const result = await callConfirmed(actor, name, input, idempotencyKey);
    // A read changes nothing: the chat's poll must not render the page again.
    if (tools[name].effect !== "read") revalidatePath("/", "layout");
    return { ok: true, result };
  } catch (error) {
    const { code, message, facts } = toRefusal(error);
    const fields = Array.isArray(facts.fields) ? (facts.fields as ActError["fields"]) : [];
    return { ok: false, error: { code, message: forPeople[code] ?? message, fields } };
  }
}

/** Refusals whose own words are for a program: what they mean to someone whose page is older than the task. */
const forPeople: Partial<Record<ErrorCode, string>> = {
  TASK_NOT_FOUND: "This task is taken or closed by now: somebody was quicker.",
  INVALID_STATUS: "This task has moved on in the meantime. Reload the page to see where it stands.",
  NO_PENDING_APPLICATION:
    "This application was taken back in the meantime. Reload the page to see who is left.",
};

/**
 * Above a set amount a money tool wants a confirmation. In the browser the dialog with the exact sums was that
 * question, and its button the answer: so the token is asked for and given in one step.
 */
async function callConfirmed<N extends ToolName>(
  actor: Actor,
  name: N,
  input: Input<N>,
  idempotencyKey: string,
): Promise<Output<N>> {
  const core = getCore();
  const options = { idempotencyKey, channel: "browser" } as const;
  try {
    return await core.call(actor, name, input, options);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "CONFIRMATION_REQUIRED")) throw error;
    const asked = { tool: name, params: input } as Input<"request_confirmation">;
    const { confirmationToken } = await core.call(actor, "request_confirmation", asked, {
      channel: "browser",
    });
    return core.call(actor, name, { ...input, confirmationToken }, options);
  }
}
