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
  },
  NOT_SUSPENDED: { http: 409, retry: false, say: () => "This account is not suspended." },
  MESSAGE_NOT_FOUND: { http: 404, retry: false, say: (f) => `Message "${f.messageId}" not found` },
  SUBMISSION_NOT_FOUND: { http: 404, retry: false, say: (f) => `Submission "${f.submissionId}" not found` },
  OWN_REPORT: { http: 409, retry: false, say: () => "This is your own; there is nobody to report." },
  ALREADY_REPORTED: {
    http: 409,
    retry: false,
    say: () => "You have reported this already; we mail you when it has been looked at.",
  },
  TOO_MANY_REPORTS: {
    http: 409,
    retry: false,
    say: (f) => `You have ${f.max} reports that wait to be looked at. Report more when some are closed.`,
  },
  REPORT_NOT_FOUND: { http: 404, retry: false, say: (f) => `Report "${f.reportId}" not found` },
  REPORT_CLOSED: {
    http: 409,
    retry: false,
    say: (f) => `This report was closed as ${f.outcome} at ${f.at}.`,
  },
} as const satisfies Record<string, ErrorRow>;
