/** The contract's plain form, byte for byte: the order of the fields, the spaces, the words. */

import { expect, test } from "vitest";
import { coffeeShops, startApi, withKey } from "./api.ts";

const api = await startApi();
const agent = await api.agent();

/** A reply's text with what differs from run to run named instead. */
const plain = (text: string) =>
  text
    .replaceAll(/"(task|esc|user|tx|ctk)_[\w-]+"/g, '"$1"')
    .replaceAll(/"20\d\d-\d\d-\d\dT[\d:.]+Z"/g, '"at"');

const TASK = [
  '{"id":"task","title":"Photograph 3 coffee shops in Shanghai",',
  `"description":"Visit 3 popular coffee shops in Jing'an District, Shanghai.",`,
  '"category":"photography","urgency":"medium","status":"open","budget":150,',
  '"payout":{"humanPayout":149.985,"platformFee":0.015,"total":150},',
  '"escrowId":"esc","escrowStatus":"held","deadline":"at","location":"Shanghai, China","remote":false,',
  '"requirements":[],"skillsRequired":["photography","local_knowledge"],"autoApprove":false,',
  '"agentId":"user","agentName":"Agent","humanId":null,"humanDisplayId":null,',
  '"applicantCount":0,"maxApplications":20,"nextAt":"at","nextAction":"expire",',
  '"closedReason":null,"reviewReason":null,"createdAt":"at","updatedAt":"at","completedAt":null}',
].join("");

test("a posted task", async () => {
  const made = await api.call("create_task", coffeeShops(), withKey(agent));
  expect(plain(made.text)).toBe(`{"result":${TASK},"error":null}`);
  const { id: taskId } = made.body.result;
  const cancelled = await api.call("cancel_task", { taskId }, withKey(agent));
  const task = TASK.replace('"open"', '"expired"')
    .replace('"held"', '"refunded"')
    .replace(
      '"nextAt":"at","nextAction":"expire","closedReason":null',
      '"nextAt":null,"nextAction":null,"closedReason":"cancelled"',
    );
  expect(plain(cancelled.text)).toBe(
    `{"result":{"task":${task},"message":"Task cancelled and escrow refunded"},"error":null}`,
  );
});

test("a wallet, a page of nothing, a confirmation", async () => {
  const poor = await api.agent();
  const [wallet, page, asked] = await Promise.all([
    api.call("get_wallet", {}, { as: poor }),
    api.call("list_my_tasks", {}, { as: poor }),
    api.call("request_confirmation", { tool: "create_task", params: { budget: 10 } }, { as: poor }),
  ]);
  expect(plain(wallet.text)).toBe(
    [
      '{"result":{"balance":500,"frozenBalance":0,"totalEarned":0,"totalSpent":0,"currency":"$A9token",',
      '"recentTransactions":[{"id":"tx","type":"deposit","amount":500,"direction":"in",',
      '"description":"Deposit","taskId":null,"createdAt":"at"}]},"error":null}',
    ].join(""),
  );
  expect(page.text).toBe(
    '{"result":{"tasks":[],"pagination":{"page":1,"pageSize":20,"totalItems":0,"totalPages":0}},"error":null}',
  );
  expect(plain(asked.text)).toBe(
    [
      '{"result":{"confirmationToken":"ctk","expiresAt":"at","tool":"create_task",',
      '"message":"Lock 10 $A9 for this task? (The human gets 9.999 $A9 when you approve, the platform 0.001 $A9.)"},',
      '"error":null}',
    ].join(""),
  );
});

test("refusals, without the step that a model is told over MCP", async () => {
  const refused = async (tool: string, input: object) => (await api.call(tool, input, { as: agent })).text;
  expect(await refused("get_task", { taskId: "task_xyz" })).toBe(
    '{"result":null,"error":{"code":"TASK_NOT_FOUND","message":"Task \\"task_xyz\\" not found"}}',
  );
  expect(await refused("get_task", {})).toBe(
    '{"result":null,"error":{"code":"VALIDATION_ERROR","message":"taskId: is required"}}',
  );
});
