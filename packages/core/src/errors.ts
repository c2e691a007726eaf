/**
 * Every expected failure of the product. One row is one refusal: its HTTP status, whether trying again can help,
 * and one sentence that says what to do. Codes named in the public contract keep their names.
 */

import { accountErrors } from "./errors/account.ts";
import { adminErrors } from "./errors/admin.ts";
import { peopleErrors } from "./errors/people.ts";
import { questionErrors } from "./errors/question.ts";
import { requestErrors } from "./errors/request.ts";
import type { ErrorRow, Facts } from "./errors/row.ts";
import { taskErrors } from "./errors/task.ts";
import { webhookErrors } from "./errors/webhook.ts";
import { redact } from "./redact.ts";

export const errors = {
  ...requestErrors,
  ...accountErrors,
  ...taskErrors,
  ...peopleErrors,
  ...questionErrors,
  ...adminErrors,
  ...webhookErrors,
} as const;

export type ErrorCode = keyof typeof errors;
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errors, code);

/** An expected failure: the closed list above with the facts of this case. Anything else thrown is a bug. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly facts: Facts;
  constructor(code: ErrorCode, facts: Facts = {}) {
    super(redact(errors[code].say(facts)));
    this.name = "Refusal";
    this.code = code;
    this.facts = facts;
  }
  /** By name, not by class: the pages' bundle carries its own copy of this module. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "Refusal";
  }
  get http(): number {
    return errors[this.code].http;
  }
  get retry(): boolean {
    return errors[this.code].retry;
  }
  /** What it says to a model: what is the matter, and what to do next. */
  get told(): string {
    const { next }: ErrorRow = errors[this.code];
    return next ? `${this.message.replace(/[^.!?…]$/, "$&.")} ${next}` : this.message;
  }
}
