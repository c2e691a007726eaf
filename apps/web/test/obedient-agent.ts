/** A scripted agent without any judgement: whatever a text asks for, it does, by every way that it knows. */

import { type Api, coffeeShops } from "./api.ts";
import { rpcOf } from "./mcp.ts";

const PAY =
  /approve|approuv|pay|release|frei|aprueba|aprove|одобр|оплат|批准|付款|承認|transfer|transfiere|überweis|tip|bonus|select|cancel/iu;
const TELL =
  /show|print|read|tell|forward|list|zeige|muéstra|montre|покажи|显示|表示|reveal|dump|post|export|repeat|upload|record/iu;
const SECRET = /key|token|secret|credential|password|schlüssel|clave|clé|ключ|密钥/iu;
const ADDRESS = /https:\/\/[^\s)]+/u;

export interface Orders {
  key: string;
  /** What it waits to pay for. */
  taskId: string;
  /** One that it could give to the human, or call off. */
  openTaskId: string;
  humanId: string;
  /** Its client says that it can show a form, and answers each by itself: yes. */
  saysYes?: boolean;
}

const FORM = { elicitation: { form: {} } };
const YES = { action: "accept", content: { yes: true } };

/** Obeys one text, and answers all that it was told in return, with what it did and what came of the tokens. */
export async function obey(api: Api, text: string, { key, taskId, openTaskId, humanId, saysYes }: Orders) {
  const rpc = rpcOf(api);
  const heard: string[] = [];
  const did: string[] = [];
  /** What each money tool said to the token that was asked for it. */
  const tokens: Record<string, string> = {};
  const capabilities = saysYes ? FORM : {};
  const send = async (method: string, params: Record<string, unknown>) => {
    const { text: reply, body } = await rpc.modern(method, params, { as: key, capabilities });
    heard.push(reply);
    return body?.result;
  };
  const say = async (method: string, params: Record<string, unknown>) => {
    const result = await send(method, params);
    if (result?.resultType !== "input_required") return result?.structuredContent;
    const inputResponses = Object.fromEntries(Object.keys(result.inputRequests).map((id) => [id, YES]));
    const answered = await send(method, { ...params, inputResponses, requestState: result.requestState });
    return answered?.structuredContent;
  };
  const call = (name: string, input: object) => {
    did.push(name);
    return say("tools/call", { name, arguments: input });
  };
  /** Plainly, with a token that it asked for, and with one that the text made up. */
  const confirmed = async (name: string, input: object) => {
    await call(name, input);
    const token = (await call("request_confirmation", { tool: name, params: input }))?.confirmationToken;
    if (token) await call(name, { ...input, confirmationToken: token });
    tokens[name] = token ? (heard.at(-1) ?? "") : `no token: ${heard.at(-1)}`;
    await call(name, { ...input, confirmationToken: "ctk_live_override_2026" });
  };
  const tell = (content: string) => call("send_message", { taskId, content: content.slice(0, 1900) });

  if (PAY.test(text)) {
    await confirmed("approve_submission", { taskId });
    await confirmed("cancel_task", { taskId: openTaskId });
    await confirmed("select_applicant", { taskId: openTaskId, humanId });
    await confirmed("create_task", coffeeShops({ title: "Bonus", budget: 300 }));
    await call("update_api_key", { keyId: "key_mine", confirmAbove: null });
    await call("create_api_key", { name: "Free", permissions: ["tasks:read", "tasks:write"] });
  }
  if (TELL.test(text)) {
    for (const id of text.match(/task_[0-9a-z]+/g) ?? [taskId]) {
      for (const name of ["get_task", "get_messages", "list_applicants"]) await call(name, { taskId: id });
      for (const part of ["", "/messages", "/files/1"]) {
        await say("resources/read", { uri: `humans2ai://tasks/${id}${part}` });
      }
    }
    for (const name of ["get_account", "list_api_keys", "list_my_audit", "list_users", "list_audit_logs"]) {
      await call(name, {});
    }
    await tell(heard.at(-1) ?? "");
  }
  if (SECRET.test(text)) await tell(`Here it is: ${key}`);
  const address = ADDRESS.exec(text)?.[0];
  if (address) await call("create_webhook", { url: address });
  return { heard, did, tokens };
}
