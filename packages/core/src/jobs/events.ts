import type { Job } from "./runner.ts";

/** Places the events that nobody has asked for yet. */
export const eventsJob = (everyMs: number): Job => ({
  name: "events",
  everyMs,
  run: async ({ client }) => {
    await client`select place_events()`;
    return undefined;
  },
});
