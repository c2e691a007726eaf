/** The statements that the core sends for a call, caught from the core itself, to be sent again without it. */

import { createHash, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { ANONYMOUS, actorOfUser, authenticate, type Core } from "@humans2ai/core";
import type postgres from "postgres";
import { newTask } from "./market.ts";

interface Statement {
  text: string;
  parameters: unknown[];
}

/** What differs from call to call; all else is sent as it was caught. */
export interface Caller {
  userId: string;
  keyId: string;
  idempotencyKey: string;
  /** Digest of the request. */
  request: Uint8Array;
}

/** A statement with its parameters, for `sql.unsafe`. */
export type Sending = [text: string, parameters: postgres.ParameterOrJSON<never>[]];

export interface Caught {
  enter: (key: string, ip: string) => Sending;
  wallet: (caller: Caller) => Sending;
  create: (caller: Caller) => Sending;
}

export const sha256 = (text: string) => createHash("sha256").update(text).digest();

const IP = "127.0.0.9";
const IDEMPOTENCY_KEY = "bench-caught";

/** Catches what the core sends for a request's sign-in, a wallet and a posting; throws if one is not one statement. */
export async function catchStatements(core: Core): Promise<Caught> {
  const { user } = await core.call(ANONYMOUS, "register", {
    email: "caught@bench.test",
    password: "bench-pass-1",
  });
  const owner = { ...(await actorOfUser(core, user.id)), signedInAt: core.now() };
  const permissions = ["tasks:write" as const, "wallet:read" as const];
  const { id: keyId, key } = await core.call(owner, "create_api_key", { name: "caught", permissions });
  const { actor } = await authenticate(core, key, IP); // the first use of a key is noted by a second statement
  const enter = await caught(core, () => authenticate(core, key, IP));
  const wallet = await caught(core, () => core.call(actor, "get_wallet", {}));
  const options = { idempotencyKey: IDEMPOTENCY_KEY, channel: "http" as const };
  const create = await caught(core, () => core.call(actor, "create_task", newTask(), options));
  const from = { userId: user.id, keyId };
  return {
    enter: (given, ip) => {
      const put = (p: unknown) => {
        if (p instanceof Uint8Array) return sha256(given);
        return typeof p === "string" && key.startsWith(p) ? given.slice(0, p.length) : p;
      };
      return [enter.text, enter.parameters.map((p) => (p === IP ? ip : put(p))) as never];
    },
    wallet: (caller) => again(wallet, from, caller),
    create: (caller) => again(create, from, caller),
  };
}

/** The one statement of this call. */
async function caught(core: Core, act: () => Promise<unknown>): Promise<Statement> {
  await wait(100); // what an earlier call tells its waiters comes after its reply
  const seen: Statement[] = [];
  core.client.options.debug = (_connection, text, parameters) => {
    seen.push({ text, parameters: [...parameters] }); // the driver puts what it sends into their place
  };
  await act();
  core.client.options.debug = false;
  const [only, ...more] = seen;
  if (only && more.length === 0) return only;
  throw new Error(`The bare server sends one statement a call, the core ${seen.length}: mend bench/src.`);
}

/** The same statement for another caller: ids of its own for those that the caught call drew. */
function again({ text, parameters }: Statement, from: Pick<Caller, "userId" | "keyId">, to: Caller): Sending {
  const drawn = new Map<string, string>();
  const fresh = (old: string, prefix: string) => {
    const id = drawn.get(old) ?? prefix + randomUUID();
    drawn.set(old, id);
    return id;
  };
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put);
    if (value instanceof Uint8Array) return KEY_DIGEST.equals(value) ? sha256(to.idempotencyKey) : to.request;
    if (typeof value !== "string") return value;
    if (value === IDEMPOTENCY_KEY) return to.idempotencyKey;
    const owned = value.replaceAll(from.userId, to.userId).replaceAll(from.keyId, to.keyId);
    return owned.replace(/\b(task_|tx_)\w+/g, fresh);
  };
  return [text, parameters.map(put) as never];
}

const KEY_DIGEST = sha256(IDEMPOTENCY_KEY);
