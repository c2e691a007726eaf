/** subscriptions/listen: an account's changes, of whichever process, to nobody but the account. */

import { follow } from "@humans2ai/core";
import {
  createMcpHandler,
  type McpHandlerRequestOptions,
  type ServerEvent,
  type ServerEventBus,
} from "@modelcontextprotocol/server";
import { getCore } from "../core.ts";
import { enter } from "../incoming.ts";
import { toRefusal } from "../reply.ts";
import { type Caller, FOR_MODEL } from "./caller.ts";
import { mayListen } from "./resources.ts";
import { serverFor } from "./server.ts";
import { changesBy } from "./uris.ts";

export const isListen = (message: unknown): boolean =>
  typeof message === "object" &&
  message !== null &&
  "method" in message &&
  message.method === "subscriptions/listen";

/**
 * The SDK's bus knows no principals: whatever is published on it, all of its streams are offered. So each stream has a
 * handler with a bus of its own, which is fed with the events of its account alone.
 */
export async function serveListen(
  request: Request,
  caller: Caller,
  options: McpHandlerRequestOptions,
): Promise<Response> {
  let listener: ((event: ServerEvent) => void) | undefined;
  const bus: ServerEventBus = {
    publish: () => undefined,
    subscribe(told) {
      listener = told;
      following?.start();
      return () => following?.stop();
    },
  };
  const handler = createMcpHandler(({ era }) => serverFor(caller, era), { bus });
  const following = mayListen(caller.actor)
    ? await follow(getCore(), caller.actor, {
        enter: async () => (await enter(caller.incoming)).actor,
        tell: (events) => {
          for (const change of changesBy(events, caller.actor.role)) listener?.(change);
        },
        end: () => void handler.close(),
        report: toRefusal,
        options: FOR_MODEL,
      })
    : null;
  const response = await handler.fetch(request, options);
  // Refused, or nothing of what was asked for is told of: then nobody holds the place.
  if (!listener) following?.stop();
  return response;
}
