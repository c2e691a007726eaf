/** Progress of one call, for a client that asked for it. */

import type { Progress } from "@humans2ai/core";
import type { ServerContext } from "@modelcontextprotocol/server";

/** Something is said at least this often, so that no client and no proxy takes the silence for the end. */
const BEAT_MS = 5000;

interface Telling {
  /** What the tool itself has to say. */
  tell: (progress: Progress) => void;
  /** Says from now on that the call still waits; answers how to end that. */
  beat: (what: string) => () => void;
}

const SILENT: Telling = { tell: () => undefined, beat: () => () => undefined };

/** Numbers that only ever grow, as the protocol wants it: a beat goes a part of the way to what the tool says next. */
export function progressOf({ mcpReq }: ServerContext): Telling {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return SILENT;
  let [done, beats, told] = [0, 0, -1];
  let total: number | undefined;
  const send = (progress: number, message: string) => {
    told = progress;
    const params = { progressToken, progress, message, ...(total === undefined ? {} : { total }) };
    // Who has hung up needs no progress, and the call's own end says so.
    mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
  };
  const part = () => done + 1 - 1 / ++beats;
  return {
    tell(progress) {
      total = progress.total;
      const isNews = progress.done > told;
      if (isNews) [done, beats] = [progress.done, 1];
      send(isNews ? done : part(), progress.message);
    },
    beat(what) {
      const began = performance.now();
      send(part(), what);
      const timer = setInterval(() => {
        const seconds = Math.round((performance.now() - began) / 1000);
        send(part(), `${what} (${seconds} s)`);
      }, BEAT_MS);
      return () => clearInterval(timer);
    },
  };
}
