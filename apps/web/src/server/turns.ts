/** Turns: so much at once for each, so that what one asks for never stands before everybody else's. */

import { Refusal } from "@humans2ai/core";

interface Line {
  busy: number;
  waiting: (() => void)[];
}

/** At most `most` at once for each name, `queue` waiting behind them; who comes then is refused with CONFLICT. */
export function makeTurns(most: number, queue: number) {
  const lines = new Map<string, Line>();
  const leave = (name: string, line: Line) => {
    const next = line.waiting.shift();
    if (next) return next();
    line.busy -= 1;
    if (line.busy === 0) lines.delete(name);
  };
  return async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    const line = lines.get(name) ?? { busy: 0, waiting: [] };
    lines.set(name, line);
    if (line.busy < most) line.busy += 1;
    else if (line.waiting.length >= queue) throw new Refusal("CONFLICT");
    else await new Promise<void>((resolve) => line.waiting.push(resolve));
    try {
      return await run();
    } finally {
      leave(name, line);
    }
  };
}
