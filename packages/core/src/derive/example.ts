/** An input of each tool that its schema accepts, for the examples in the docs. */

import { type ToolName, tools } from "../tools/index.ts";
import { describeTool } from "./describe.ts";

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

const ID = "01m7zdr22ksm1kaznrwwr5v64e";

/** What a reader knows at once; everything else follows from the schema. */
const known: Record<string, unknown> = {
  action: "Send the signed contract to ACME.",
  agentName: "My agent",
  answer: "Late morning.",
  applicationId: `app_${ID}`,
  approvalId: `appr_${ID}`,
  approverId: `apv_${ID}`,
  browserToken: "the-token-of-the-browser",
  budget: 40,
  category: "photography",
  confirmationId: `conf_${ID}`,
  connectionId: `con_${ID}`,
  content: "The light is best before noon.",
  currentPassword: "correct-horse-1",
  deliveryId: `dlv_${ID}`,
  description: "Walk past the café and photograph its front door with the opening hours.",
  displayName: "Mei",
  email: "you@example.com",
  eventId: "evt_000000000042",
  expiresAt: "2027-06-30T12:00:00Z",
  humanId: `user_${ID}`,
  keyId: `key_${ID}`,
  message: "I pass there every morning.",
  name: "My key",
  password: "correct-horse-1",
  output: "The café opens at eight on weekdays.",
  question: "When is the light best at the café by the river?",
  questionId: `question_${ID}`,
  criteria: ["The hours are right"],
  reason: "The photo shows another café: the name above the door is not the one that the task asks for.",
  newPassword: "better-horse-2",
  note: "The listing was closed, and its author told why.",
  objectId: `task_${ID}`,
  refreshToken: "rt_…",
  requestId: `areq_${ID}`,
  reportId: `rep_${ID}`,
  taskId: `task_${ID}`,
  text: "Photographed at 10:40, the hours are on the door.",
  title: "Photograph a café's opening hours",
  token: "the-token-of-the-mailed-link",
  url: "https://hooks.example.com/humans2ai",
  userId: `user_${ID}`,
  webhookId: `whk_${ID}`,
};

/** Which optional fields the example shows beside those that it needs. */
const shown: Partial<Record<ToolName, readonly string[]>> = {
  create_task: ["location", "requirements"],
  list_tasks: ["search"],
  request_approval: ["details", "approvers"],
  wait_for_events: ["after"],
  list_events: ["after"],
};
const special: Record<string, unknown> = {
  "create_task.location": "Lisbon, Portugal",
  "create_task.requirements": ["The name and the hours can be read"],
  "list_tasks.search": "café",
  "add_approver.name": "Ann Colleague",
  "request_approval.approvers": ["Legal"],
  "request_approval.details": "Forty pages; a signature cannot be taken back.",
  "list_events.after": "evt_000000000042",
  "wait_for_events.after": "evt_000000000042",
  "request_confirmation.tool": "approve_submission",
  "request_confirmation.params": { taskId: `task_${ID}` },
};

/** @param now deadlines are counted from here, so that the example stays good */
export function exampleInput(name: ToolName, now: Date): Record<string, unknown> {
  const { properties = {}, required = [] } = describeTool(name).inputSchema as Schema;
  const fields = [...required, ...(shown[name] ?? [])];
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();
  const entries = fields.map((field) => {
    const given = special[`${name}.${field}`] ?? known[field];
    if (field === "deadline") return [field, inDays(3)];
    return [field, given !== undefined && fits(name, field, given) ? given : sample(properties[field] ?? {})];
  });
  return Object.fromEntries(entries);
}

const fits = (name: ToolName, field: string, value: unknown): boolean => {
  const shape = tools[name].input.shape as Record<
    string,
    { safeParse: (value: unknown) => { success: boolean } }
  >;
  return shape[field]?.safeParse(value).success === true;
};

function sample(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sample(schema.anyOf[0] ?? {});
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === "array") return [sample(schema.items ?? {})];
  if (type === "boolean") return true;
  if (type === "number" || type === "integer") return Math.max(schema.minimum ?? 0, 1);
  if (type === "object") {
    const needed = (schema.required ?? []).map((key) => [key, sample(schema.properties?.[key] ?? {})]);
    return Object.fromEntries(needed);
  }
  if (schema.format === "date-time") return known.expiresAt;
  // A test holds that no example gets this far.
  return "…";
}
