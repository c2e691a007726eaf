/** Which addresses an event changes. */

import type { NewsEvent } from "@humans2ai/core";
import { expect, test } from "vitest";
import { changesBy } from "../src/server/mcp/uris.ts";

const happened = (type: string): NewsEvent =>
  ({ id: "evt_000000000001", type, createdAt: "", data: { taskId: "task_1" } }) as unknown as NewsEvent;

test.each(["confirmation.requested", "confirmation.decided"])("%s changes nothing of its task", (type) => {
  expect(changesBy([happened(type)], "agent")).toEqual([]);
});

test("a submission changes its task and the list, a payment the wallet too", () => {
  const uris = (type: string) =>
    changesBy([happened(type)], "agent").map((change) => "uri" in change && change.uri);
  expect(uris("task.submitted")).toEqual(["humans2ai://tasks/task_1", "humans2ai://tasks"]);
  expect(uris("task.completed")).toContain("humans2ai://wallet");
});
