/** How pages read: the same tools as the API, as the one who looks. */

import { type Input, type Output, Refusal, type Settings, type ToolName } from "@humans2ai/core";
import { notFound } from "next/navigation";
import { getCore } from "./core.ts";
import { viewer } from "./viewer.ts";

export const read = async <N extends ToolName>(name: N, input: Input<N>): Promise<Output<N>> =>
  getCore().call(await viewer(), name, input, { channel: "browser" });

/** The same, for a page about one thing: what cannot be, is not, or may not be seen by this viewer is a 404. */
export async function readOr404<N extends ToolName>(name: N, input: Input<N>): Promise<Output<N>> {
  try {
    return await read(name, input);
  } catch (error) {
    if (error instanceof Refusal && [400, 403, 404].includes(error.http)) notFound();
    throw error;
  }
}

/** The terms that pages state: how long a review may take, how many may apply. */
export const terms = (): Settings => getCore().settings;
