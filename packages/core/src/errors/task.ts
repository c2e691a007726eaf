/** Refusals about tasks, what belongs to them, and their money. */

import { type ErrorRow, echoId, list } from "./row.ts";

export const taskErrors = {
  TASK_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `Task "${echoId(f.taskId)}" not found`,
    next: "Check the id: list_my_tasks lists yours, list_tasks those in the open.",
  },
  FILE_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `File "${echoId(f.fileId)}" not found`,
    next: "Call get_task for the ids of the files of its proof.",
  },
  CHAT_FULL: {
    http: 409,
    retry: false,
    say: (f) => `This chat holds its ${f.max} messages; no more can be sent.`,
    next: "Say what is left with approve_submission or reject_submission.",
  },
  TOO_MANY_FILES: {
    http: 409,
    retry: false,
    say: (f) =>
      `You have ${f.max} uploaded files that belong to no proof yet. Submit them, or wait a day until they are cleared.`,
  },
  INVALID_STATUS: {
    http: 409,
    retry: false,
    say: (f) =>
      `The task is ${f.status}; this needs ${list(f.allowed)}. Call get_task to see where it stands.`,
  },
  DEADLINE_PASSED: {
    http: 409,
    retry: false,
    say: (f) => `The time for this ended at ${f.at}; the task (${f.status}) is about to move on by itself.`,
    next: "Wait for that: wait_for_events tells when it happens.",
  },
  NOT_DUE: {
    http: 409,
    retry: true,
    say: (f) => `The clock has nothing to do for this task before ${f.at}.`,
    next: "Wait until then.",
  },
  INSUFFICIENT_BALANCE: {
    http: 409,
    retry: false,
    say: (f) =>
      `The wallet holds ${f.balance} $A9, this ${f.what ?? "task"} needs ${f.needed} $A9. Lower the ${f.what ? "reward, ask fewer people" : "budget"} or add funds.`,
    next: "get_wallet shows what is free.",
  },
  RISK_GATE_BLOCKED: {
    http: 400,
    retry: false,
    say: (f) =>
      `This ${f.subject ?? "task"} cannot be ${f.subject ? "sent" : "posted"} (${f.category}): ${f.advice}`,
    next: "Change the text as advised, or tell your user that this cannot be done here; do not try to word around it.",
  },
  NO_PENDING_APPLICATION: {
    http: 409,
    retry: false,
    say: (f) =>
      `There is no pending application from ${echoId(f.humanId)} for this task. Call list_applicants for the current list.`,
  },
  NO_LOCKED_ESCROW: {
    http: 409,
    retry: false,
    say: () => "No locked escrow was found for this task.",
    next: "Call get_task: it was paid or refunded already.",
  },
  REASON_TOO_SHORT: {
    http: 400,
    retry: false,
    say: (f) => `The reason is too short (min ${f.min} characters): say what is missing and how to mend it.`,
  },
  CONTENT_TOO_LONG: {
    http: 400,
    retry: false,
    say: (f) => `The message exceeds the ${f.max} character limit.`,
    next: "Shorten it, or send it in parts.",
  },
  NOT_ASSIGNED: {
    http: 409,
    retry: false,
    say: () =>
      "Nobody is assigned to this task yet, so there is no one to write to. Select an applicant first.",
  },
  ALREADY_APPLIED: {
    http: 409,
    retry: false,
    say: () => "You have already applied for this task.",
    next: "Wait for the answer: list_my_applications shows it.",
  },
  APPLICATIONS_FULL: {
    http: 409,
    retry: false,
    say: (f) => `This task takes no more than ${f.max} applications.`,
    next: "Choose another task: list_tasks with status open.",
  },
  CONFIRMATION_REQUIRED: {
    http: 403,
    retry: false,
    say: (f) =>
      `${f.tool} needs a confirmation here. Call request_confirmation with the same parameters, show its message to your user, and pass the confirmationToken.`,
  },
  CONFIRMATION_INVALID: {
    http: 400,
    retry: false,
    say: (f) => `The confirmationToken ${f.why}. Call request_confirmation again.`,
  },
  FILE_TOO_LARGE: {
    http: 413,
    retry: false,
    say: (f) => `The file is larger than ${f.max}.`,
    next: "Make it smaller, or send a link.",
  },
  FILE_TYPE_REFUSED: {
    http: 415,
    retry: false,
    say: (f) => `Files of type ${f.type} are not accepted. Send ${f.accepted}.`,
  },
  IMAGE_UNREADABLE: {
    http: 400,
    retry: false,
    say: () =>
      "This picture cannot be read: it is broken or was cut off. Open it, save it again as JPEG or PNG, and send that.",
  },
  IMAGE_TOO_LARGE: {
    http: 413,
    retry: false,
    say: (f) =>
      `This picture is too large to be read: it may hold at most ${f.max} million pixels. Send a smaller version.`,
  },
} as const satisfies Record<string, ErrorRow>;
