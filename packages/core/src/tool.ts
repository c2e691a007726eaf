import type { z } from "zod";
import type { Actor, Context } from "./context.ts";
import type { ErrorCode, Refusal } from "./errors.ts";
import type { Permission } from "./vocabulary.ts";

type Schema = z.ZodObject;

/** What a tool answers when its input says `dryRun: true`: what would come of it. It writes nothing. */
export interface DryRun<I extends Schema, P extends Schema> {
  output: P;
  run: (ctx: Context, input: z.output<I>) => Promise<z.input<P>>;
}

/** How to look whether people have finished what a tool began; tools are named, never imported. */
export interface Waits {
  /** Input that makes the tool answer at once instead of waiting. */
  atOnce: Readonly<Record<string, unknown>>;
  /** The reading tool that looks, whose reply has the form of the tool's own. */
  poll: string;
  /** The fields of the first reply that are its input; a pair where they are named differently there. */
  by: readonly (string | readonly [reply: string, input: string])[];
  /** Whether a reply of `poll` is the end. */
  done: (reply: Readonly<Record<string, unknown>>) => boolean;
  /** The tool that calls it off, with the same input as `poll`; and whether a reply of `poll` says that this was its end. */
  cancel?: { tool: string; was: (reply: Readonly<Record<string, unknown>>) => boolean };
}

/** What a tool declares. MCP hints, HTTP method, idempotency and confirmation duty derive from it. */
export interface ToolSpec<I extends Schema = Schema, O extends Schema = Schema, P extends Schema = Schema> {
  title: string;
  summary: string;
  /** Roles that may call it; `anonymous` makes it public. */
  who: readonly Actor["role"][];
  /** The scope that a credential needs; null where being of the role is enough. */
  permission: Permission | null;
  /** Not for API keys: for a sign-in of any age, or of the last five minutes. */
  signIn?: "any" | "fresh";
  /** Only a person's own answer: given in the browser, or in their agent's client, which relayed it. */
  person?: true;
  effect: "read" | "write" | "destroy";
  /** Moves or commits money: needs an Idempotency-Key, may need a confirmation, and is one statement. */
  money?: true;
  /** Part of the public contract's 15; the others serve the same doors for humans, admins and the clock. */
  contract?: true;
  /** Its reply holds a secret, so it is never stored for a replay. */
  secretOutput?: true;
  /** About the sign-in itself (sessions, password): an API key must not touch it, and no model is offered it. */
  session?: true;
  /** Does slow work (hashing, storing) that must not hold a transaction: it opens its own with `ctx.begin`. */
  ownTransaction?: true;
  /** Begins what people finish later. MCP tasks, progress and bounded waits derive from it. */
  waits?: Waits;
  /** For an input that has the field `dryRun`. It is a read: no key, no confirmation, no audit entry. */
  dryRun?: DryRun<I, P>;
  /** Also served as a REST route below /api/v1; `:name` in the path is the input's field of that name. */
  rest?: { method: "GET" | "POST" | "PATCH" | "DELETE"; path: `/${string}` };
  /** Carries bytes, so it has a REST route of its own and is not callable by JSON. */
  binary?: true;
  input: I;
  output: O;
  refusals: readonly ErrorCode[];
  /** Input faults that have a code of their own: "field" or "field.zod_issue_code" → code. */
  refuseAs?: Readonly<Record<string, ErrorCode>>;
  /** A refusal that is thrown undoes what the tool wrote; one that is returned keeps it. */
  run: (ctx: Context, input: z.output<I>) => Promise<z.input<O> | Refusal>;
  /** Once all that is committed: waits for what people make of it, outside the transaction. */
  after?: (ctx: Context, input: z.output<I>, reply: z.output<O>) => Promise<z.input<O>>;
}

/** A tool with its schemas' types forgotten: what the registry, the door and everything derived handle. */
export interface Tool extends Omit<ToolSpec, "run" | "after" | "dryRun"> {
  run: (ctx: Context, input: never) => Promise<unknown>;
  after?: (ctx: Context, input: never, reply: never) => Promise<unknown>;
  dryRun?: { output: Schema; run: (ctx: Context, input: never) => Promise<unknown> };
}

/** The dry run that an input asks for, if it asks for one. */
export const dryRunOf = (tool: Tool, input: unknown) =>
  (input as { dryRun?: unknown } | null | undefined)?.dryRun === true ? tool.dryRun : undefined;

/** Checks a tool's types at its definition; the registry then knows it by its file's name. */
export const defineTool = <I extends Schema, O extends Schema, P extends Schema = Schema>(
  spec: ToolSpec<I, O, P>,
): ToolSpec<I, O, P> => spec;
