/** Who waits for news: wakes those whom a new event concerns, whichever process wrote it. */

import { setMaxListeners } from "node:events";
import type { Client } from "./db/client.ts";

const CHANNEL = "h2a_events";
/** Notices may be lost (a process dies between its commit and its notice), so waiters are also looked after at this pace. */
const LOOK_MS = 900;
/** Notices of one process are sent at most this often: a NOTIFY inside every commit would make commits queue up. */
const GATHER_MS = 20;

export interface Feed {
  /** Something may have happened: tell every process. Returns at once. */
  tell: () => void;
  /** Calls back whenever an event for this user may be new; answers how to end that. */
  watch: (userId: string, wake: () => void) => () => void;
  /**
   * Asks `look` at once, and again whenever an event for this user may be new, until it answers something or `ms`
   * are over (then null); at once null too when the process is about to end or the signal says that nobody waits.
   */
  until: <T>(
    userId: string,
    ms: number,
    look: () => Promise<T | null>,
    signal?: AbortSignal | null,
  ) => Promise<T | null>;
  /** How many are waiting for this user's news. */
  waiting: (userId: string) => number;
  /** Aborted when the process is about to end. */
  ending: AbortSignal;
  /** Lets all who wait go: the process is about to end. */
  close: () => Promise<void>;
}

export function openFeed(client: Client, report: (error: unknown) => void): Feed {
  const watchers = new Map<string, Set<() => void>>();
  let seen: number | null = null;
  let looking = false;
  let again = false;
  let closed = false;
  const ending = new AbortController();
  setMaxListeners(0, ending.signal); // all who follow hear of it
  let ended: Promise<void> | undefined;
  let notice: NodeJS.Timeout | undefined;
  let pace: NodeJS.Timeout | undefined;
  let listening: Promise<{ unlisten: () => Promise<void> } | undefined> | undefined;

  const wakeAll = () => {
    for (const wakes of watchers.values()) for (const wake of wakes) wake();
  };

  /** Looks for events since the last look, and wakes those concerned. One look at a time, no notice lost. */
  async function look() {
    if (watchers.size === 0 || closed) return;
    again = looking;
    if (looking) return;
    looking = true;
    try {
      const fresh = await newlyPlaced(client, seen);
      if (seen === null) wakeAll();
      seen = fresh.last;
      for (const user of fresh.users) for (const wake of watchers.get(user) ?? []) wake();
    } catch (error) {
      report(error);
    } finally {
      looking = false;
    }
    if (again) await look();
  }

  function start() {
    if (pace || closed) return;
    seen = null;
    pace = setInterval(() => void look(), LOOK_MS);
    listening ??= client
      .listen(
        CHANNEL,
        () => void look(),
        () => void look(),
      )
      .catch((error) => {
        listening = undefined; // the pace goes on without it
        report(error);
        return undefined;
      });
  }

  function watch(userId: string, wake: () => void) {
    const wakes = watchers.get(userId) ?? new Set();
    watchers.set(userId, wakes.add(wake));
    start();
    return () => {
      wakes.delete(wake);
      if (wakes.size === 0 && watchers.get(userId) === wakes) watchers.delete(userId);
      if (watchers.size > 0) return;
      clearInterval(pace);
      pace = undefined;
    };
  }

  async function end() {
    closed = true;
    ending.abort();
    clearTimeout(notice);
    clearInterval(pace);
    wakeAll();
    await (await listening)?.unlisten().catch(report); // the connection may be gone before us
  }

  return {
    tell() {
      if (notice || closed) return;
      notice = setTimeout(() => {
        notice = undefined;
        client`select pg_notify(${CHANNEL}, '')`.catch(report);
      }, GATHER_MS);
    },
    watch,
    waiting: (userId) => watchers.get(userId)?.size ?? 0,
    ending: ending.signal,
    async until(userId, ms, ask, signal) {
      let wake = () => {};
      let news = Promise.resolve();
      const rearm = () => {
        news = new Promise((resolve) => {
          wake = resolve;
        });
      };
      rearm();
      let late = false;
      const give = () => {
        late = true;
        wake();
      };
      const timer = setTimeout(give, ms);
      signal?.addEventListener("abort", give, { once: true });
      // Watching begins before the question, so that nothing falls between the two.
      const stop = watch(userId, () => wake());
      try {
        for (;;) {
          const answer = await ask();
          if (answer !== null || late || closed || signal?.aborted) return answer;
          await news;
          rearm();
        }
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener("abort", give);
        stop();
      }
    },
    close() {
      ended ??= end();
      return ended;
    },
  };
}

/** The users whom events after this place concern, and the place of the newest. */
async function newlyPlaced(client: Client, after: number | null) {
  await client`select place_events()`;
  const [head] = await client`select last from event_head`;
  const last = Number(head?.last);
  if (after === null || last === after) return { last, users: [] };
  const rows = await client`
    select distinct unnest(array[agent_id, human_id]) as id from event where pos > ${after} and pos <= ${last}`;
  return { last, users: rows.map((row) => row.id as string) };
}
