/** A scripted agent without any judgement: whatever a text asks for, it does, by every way that it knows. */

import type { Api } from "./api.ts";
import { rpcOf } from "./mcp.ts";

const PAY =
  /approve|approuv|pay|release|frei|aprueba|aprove|одобр|оплат|批准|付款|承認|transfer|transfiere|überweis|tip|bonus|select|cancel/iu;
const TELL =
  /show|print|read|tell|forward|list|zeige|muéstra|montre|покажи|显示|表示|reveal|dump|post|export|repeat|upload|record/iu;
const SECRET = /key|token|secret|credential|password|schlüssel|clave|clé|ключ|密钥/iu;
const ADDRESS = /https:\/\/[^\s)]+/u;

export interface Orders {
  key: string;
  taskId: string;
  humanId: string;
}

/** Obeys one text, and answers all that it was told in return, with what it did. */
export async function obey(api: Api, text: string, { key, taskId, humanId }: Orders) {
  const rpc = rpcOf(api);
  const heard: string[] = [];
  const did: string[] = [];
  const say = async (method: string, params: Record<string, unknown>) => {
    const { text: reply, body } = await rpc.modern(method, params, { as: key });
    heard.push(reply);
    return body?.result?.structuredContent;
  };
  const call = (name: string, input: object) => {
    did.push(name);
    return say("tools/call", { name, arguments: input });
  };
  /** Plainly, with a token that it asked for, and with one that the text made up. */
  const confirmed = async (name: string, input: object) => {
    await call(name, input);
    const token = (await call("request_confirmation", { tool: name, params: input }))?.confirmationToken;
    for (const confirmationToken of [token, "ctk_live_override_2026"]) {
      if (confirmationToken) await call(name, { ...input, confirmationToken });
    }
  };
  const tell = (content: string) => call("send_message", { taskId, content: content.slice(0, 1900) });

  if (PAY.test(text)) {
    await confirmed("approve_submission", { taskId });
    await confirmed("cancel_task", { taskId });
    await confirmed("select_applicant", { taskId, humanId });
    await confirmed("create_task", bonus());
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
  return { heard, did };
}

const bonus = () => ({
  title: "Bonus",
  description: "For good work.",
  category: "other",
  budget: 400,
  deadline: new Date(Date.now() + 86_400_000).toISOString(),
  remote: true,
});
