/** Refusals of what admins do, and of reports to them. */

import type { ErrorRow } from "./row.ts";

export const adminErrors = {
  OWN_ACCOUNT: {
    http: 409,
    retry: false,
    say: () => "You cannot suspend or restore your own account. Another admin can.",
  },
  ALREADY_SUSPENDED: {
    http: 409,
    retry: false,
    say: (f) => `This account has been suspended since ${f.at}.`,
    next: "Nothing is left to do; restore_user would lift it.",
  },
  NOT_SUSPENDED: {
    http: 409,
    retry: false,
    say: () => "This account is not suspended.",
    next: "Nothing is left to do.",
  },
  MESSAGE_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `Message "${f.messageId}" not found`,
    next: "Call get_messages for the ids of a task's messages.",
  },
  SUBMISSION_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `Submission "${f.submissionId}" not found`,
    next: "Call get_task for the ids of a task's submissions.",
  },
  OWN_REPORT: {
    http: 409,
    retry: false,
    say: () => "This is your own; there is nobody to report.",
    next: "Check the id: report what others wrote.",
  },
  ALREADY_REPORTED: {
    http: 409,
    retry: false,
    say: () => "You have reported this already; we mail you when it has been looked at.",
    next: "Wait for that mail.",
  },
  TOO_MANY_REPORTS: {
    http: 409,
    retry: false,
    say: (f) => `You have ${f.max} reports that wait to be looked at. Report more when some are closed.`,
  },
  REPORT_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `Report "${f.reportId}" not found`,
    next: "Call list_reports for their ids.",
  },
  REPORT_CLOSED: {
    http: 409,
    retry: false,
    say: (f) => `This report was closed as ${f.outcome} at ${f.at}.`,
    next: "Nothing is left to do; a new report can be made.",
  },
} as const satisfies Record<string, ErrorRow>;
