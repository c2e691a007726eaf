/** The browser-safe door: tables and names without any server code. */

export { type ErrorCode, errors, isErrorCode, Refusal } from "./errors.ts";
export { type EventType, eventTypes } from "./event-types.ts";
export {
  BUDGET,
  CURRENCY,
  split,
  type TransferKindName,
  transferKindNames,
  transferKinds,
} from "./ledger.ts";
export { type Action, actions, actionsFor, lifecycle, type Role, statusesFor } from "./lifecycle.ts";
export { product } from "./product.ts";
export { type AnswerFault, checkAnswer } from "./questions/answer.ts";
export { type Answer, type Field, FREE_TEXT, formOf, type NamedField } from "./questions/schema.ts";
export { type Status, statuses, statusNames } from "./statuses.ts";
export {
  APP_PERMISSIONS,
  type AppPermission,
  CATEGORIES,
  PERMISSIONS,
  type Permission,
  READ_ONLY,
  REPORT_CATEGORIES,
  REPORT_OBJECTS,
  URGENCIES,
} from "./vocabulary.ts";
