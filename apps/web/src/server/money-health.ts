/** Whether the books balance: the invariant views that tests and jobs read too. */

import { brokenInvariants } from "@humans2ai/core";
import { getCore } from "./core.ts";

export const moneyHealth = (): Promise<{ name: string; rows: number }[]> =>
  brokenInvariants(getCore().client);
