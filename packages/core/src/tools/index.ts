import { add_approver } from "./add_approver.ts";
import { answer_approval } from "./answer_approval.ts";
import { answer_question } from "./answer_question.ts";
import { apply_to_task } from "./apply_to_task.ts";
import { approve_submission } from "./approve_submission.ts";
import { ask_human } from "./ask_human.ts";
import { cancel_approval } from "./cancel_approval.ts";
import { cancel_question } from "./cancel_question.ts";
import { cancel_task } from "./cancel_task.ts";
import { change_password } from "./change_password.ts";
import { check_approval } from "./check_approval.ts";
import { check_question } from "./check_question.ts";
import { claim_question } from "./claim_question.ts";
import { close_task } from "./close_task.ts";
import { connect_app } from "./connect_app.ts";
import { create_api_key } from "./create_api_key.ts";
import { create_task } from "./create_task.ts";
import { create_webhook } from "./create_webhook.ts";
import { decide_approval } from "./decide_approval.ts";
import { decide_confirmation } from "./decide_confirmation.ts";
import { delete_webhook } from "./delete_webhook.ts";
import { disconnect_app } from "./disconnect_app.ts";
import { download_file } from "./download_file.ts";
import { expire_task } from "./expire_task.ts";
import { get_account } from "./get_account.ts";
import { get_app_request } from "./get_app_request.ts";
import { get_confirmation } from "./get_confirmation.ts";
import { get_health } from "./get_health.ts";
import { get_messages } from "./get_messages.ts";
import { get_question } from "./get_question.ts";
import { get_task } from "./get_task.ts";
import { get_transactions } from "./get_transactions.ts";
import { get_user } from "./get_user.ts";
import { get_wallet } from "./get_wallet.ts";
import { give_up_task } from "./give_up_task.ts";
import { lapse_claim } from "./lapse_claim.ts";
import { list_api_keys } from "./list_api_keys.ts";
import { list_applicants } from "./list_applicants.ts";
import { list_approvals } from "./list_approvals.ts";
import { list_approvers } from "./list_approvers.ts";
import { list_apps } from "./list_apps.ts";
import { list_audit_logs } from "./list_audit_logs.ts";
import { list_confirmations } from "./list_confirmations.ts";
import { list_deliveries } from "./list_deliveries.ts";
import { list_events } from "./list_events.ts";
import { list_my_applications } from "./list_my_applications.ts";
import { list_my_audit } from "./list_my_audit.ts";
import { list_my_tasks } from "./list_my_tasks.ts";
import { list_questions } from "./list_questions.ts";
import { list_reports } from "./list_reports.ts";
import { list_reviews } from "./list_reviews.ts";
import { list_sessions } from "./list_sessions.ts";
import { list_tasks } from "./list_tasks.ts";
import { list_users } from "./list_users.ts";
import { list_webhooks } from "./list_webhooks.ts";
import { login } from "./login.ts";
import { open_dispute } from "./open_dispute.ts";
import { redeliver } from "./redeliver.ts";
import { refresh_session } from "./refresh_session.ts";
import { register } from "./register.ts";
import { register_human } from "./register_human.ts";
import { reject_submission } from "./reject_submission.ts";
import { remove_approver } from "./remove_approver.ts";
import { report } from "./report.ts";
import { request_approval } from "./request_approval.ts";
import { request_confirmation } from "./request_confirmation.ts";
import { request_email_verification } from "./request_email_verification.ts";
import { request_password_reset } from "./request_password_reset.ts";
import { reset_password } from "./reset_password.ts";
import { resolve_dispute } from "./resolve_dispute.ts";
import { resolve_report } from "./resolve_report.ts";
import { restore_user } from "./restore_user.ts";
import { review_task } from "./review_task.ts";
import { revoke_api_key } from "./revoke_api_key.ts";
import { rotate_webhook_secret } from "./rotate_webhook_secret.ts";
import { select_applicant } from "./select_applicant.ts";
import { send_message } from "./send_message.ts";
import { sign_out } from "./sign_out.ts";
import { sign_out_everywhere } from "./sign_out_everywhere.ts";
import { submit_proof } from "./submit_proof.ts";
import { suspend_user } from "./suspend_user.ts";
import { test_webhook } from "./test_webhook.ts";
import { update_api_key } from "./update_api_key.ts";
import { update_webhook } from "./update_webhook.ts";
import { upgrade_api_key } from "./upgrade_api_key.ts";
import { upload_file } from "./upload_file.ts";
import { verify_email } from "./verify_email.ts";
import { verify_output } from "./verify_output.ts";
import { view_approval } from "./view_approval.ts";
import { wait_for_events } from "./wait_for_events.ts";
import { withdraw_application } from "./withdraw_application.ts";

/** Every tool by its name, in the order in which they are listed: the contract's 15 first. */
export const tools = {
  register,
  login,
  create_task,
  list_tasks,
  get_task,
  cancel_task,
  list_applicants,
  select_applicant,
  approve_submission,
  reject_submission,
  send_message,
  get_messages,
  get_wallet,
  get_transactions,
  request_confirmation,
  get_confirmation,
  list_confirmations,
  decide_confirmation,
  request_approval,
  check_approval,
  cancel_approval,
  list_approvals,
  decide_approval,
  view_approval,
  answer_approval,
  list_approvers,
  add_approver,
  remove_approver,
  register_human,
  refresh_session,
  list_events,
  wait_for_events,
  ask_human,
  verify_output,
  check_question,
  list_questions,
  cancel_question,
  get_question,
  claim_question,
  answer_question,
  get_account,
  list_sessions,
  sign_out,
  sign_out_everywhere,
  change_password,
  request_email_verification,
  verify_email,
  request_password_reset,
  reset_password,
  apply_to_task,
  withdraw_application,
  give_up_task,
  submit_proof,
  open_dispute,
  list_my_applications,
  list_my_tasks,
  review_task,
  resolve_dispute,
  list_users,
  get_user,
  suspend_user,
  restore_user,
  report,
  list_reports,
  resolve_report,
  list_reviews,
  get_health,
  create_api_key,
  list_api_keys,
  revoke_api_key,
  upgrade_api_key,
  update_api_key,
  get_app_request,
  connect_app,
  list_apps,
  disconnect_app,
  create_webhook,
  list_webhooks,
  update_webhook,
  delete_webhook,
  test_webhook,
  rotate_webhook_secret,
  list_deliveries,
  redeliver,
  upload_file,
  download_file,
  list_audit_logs,
  list_my_audit,
  expire_task,
  close_task,
  lapse_claim,
};

export type ToolName = keyof typeof tools;
