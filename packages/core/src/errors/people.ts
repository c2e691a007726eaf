/** Refusals about what people are asked: confirmations and approvals. */

import { type ErrorRow, echoId } from "./row.ts";

export const peopleErrors = {
  CONFIRMATION_PENDING: {
    http: 403,
    retry: true,
    say: (f) =>
      `No person has said yes yet. Ask your user to open ${f.site}/approve/${echoId(f.confirmationId)} and decide, then call again with the same confirmationToken.`,
  },
  CONFIRMATION_DECLINED: {
    http: 403,
    retry: false,
    say: (f) => `A person said no to ${f.tool}; nothing was done. Ask your user before you ask for it again.`,
  },
  CONFIRMATION_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `Confirmation "${echoId(f.confirmationId)}" not found`,
    next: "list_confirmations shows what waits.",
  },
  CONFIRMATION_CLOSED: {
    http: 409,
    retry: false,
    say: (f) => `This confirmation is ${f.status} already.`,
    next: "Call get_confirmation to see the answer.",
  },
  TOO_MANY_UNANSWERED: {
    http: 409,
    retry: true,
    say: (f) =>
      `${f.max} questions to the people of this account have no answer yet. Let some be answered first.`,
  },
  APPROVAL_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `Approval "${echoId(f.approvalId)}" not found`,
    next: "list_approvals shows yours.",
  },
  APPROVAL_CLOSED: {
    http: 409,
    retry: false,
    say: (f) => `This approval is ${f.status} already${f.by ? `: ${f.by} answered first` : ""}.`,
    next: "Call check_approval to see how it ended.",
  },
  APPROVER_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) =>
      `"${echoId(f.approver)}" is nobody on the account's list of approvers. list_approvers shows it; its owner changes it on /agent/approvers.`,
  },
  APPROVER_EXISTS: {
    http: 409,
    retry: false,
    say: () => "This address is on your list of approvers already.",
    next: "list_approvers shows them.",
  },
  TOO_MANY_APPROVERS: {
    http: 409,
    retry: false,
    say: (f) => `Your list holds its ${f.max} approvers. Remove one first.`,
    next: "Ask the account's owner to remove one.",
  },
} as const satisfies Record<string, ErrorRow>;
