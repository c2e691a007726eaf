/** How the product reaches addresses that users give: what a name leads to is checked at the moment of connecting. */

import { Resolver } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { isPublicAddress } from "@humans2ai/core";

/** The addresses of a name; throws when there are none. */
export type Resolve = (host: string) => Promise<string[]>;

/** The error's code when one of them is not public. */
export const REFUSED = "ADDRESS_NOT_PUBLIC";

/** The lookup of the connection itself: what is checked is what is connected to, so no second answer can differ. */
export function guardedLookup(resolve: Resolve, allowPrivate: boolean): LookupFunction {
  return (host, { all }, callback) => {
    resolve(host).then(
      (addresses) => {
        if (!allowPrivate && !addresses.every(isPublicAddress)) {
          return callback(Object.assign(new Error(REFUSED), { code: REFUSED }), "", 4);
        }
        const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
        if (all) callback(null, found);
        else callback(null, found[0]!.address, found[0]!.family);
      },
      (error) => callback(error, "", 4),
    );
  };
}

/** By our own questions to the name servers: the system's lookup has four threads, and a slow name holds one. */
export async function resolveByDns(host: string): Promise<string[]> {
  if (/(^|\.)localhost$/.test(host)) return ["127.0.0.1", "::1"];
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = answers.flatMap((a) => (a.status === "fulfilled" ? a.value : []));
  if (found.length > 0) return found;
  throw (answers[0] as PromiseRejectedResult).reason;
}
