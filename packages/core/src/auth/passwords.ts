import { hash, verify } from "@node-rs/argon2";
import { dictionary } from "@zxcvbn-ts/language-common";
import type { Settings } from "../context.ts";
import { Refusal } from "../errors.ts";

// OWASP's argon2id minimum: 19 MiB, two passes.
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, options);

let decoy: Promise<string> | undefined;

/** True when it is the password of this hash. Without a hash it takes as long, so timing tells nothing of an account. */
export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword("no account has this password");
  const matches = await verify(stored ?? (await decoy), password);
  return stored !== undefined && matches;
}

const COMMON = 3000;
const hasForm = (password: string) => /^(?=.{8})(?=.*\p{L})(?=.*\p{N})/su.test(password);
let common: Set<string> | undefined;

/** Refuses what is guessed first: the most common of the passwords that have the form asked for, in any case. */
export function refuseCommon(settings: Settings, password: string): void {
  if (!settings.refuseCommonPasswords) return;
  common ??= new Set(dictionary["passwords-common"].filter(hasForm).slice(0, COMMON));
  if (common.has(password.toLowerCase())) throw new Refusal("WEAK_PASSWORD", { common: true });
}
