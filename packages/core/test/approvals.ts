/** An owner, its agent, and a colleague who approves by the links in their mail. */

import type { Input } from "../src/call.ts";
import { type Actor, ANONYMOUS } from "../src/context.ts";
import { act, asProgram, type World } from "./world.ts";

let n = 0;

/** As if the owner had opened the link in our mail. */
export async function verify<A extends Actor>(w: World, account: A): Promise<A> {
  await w.core.client`update app_user set email_verified_at = clock_now() where id = ${account.userId}`;
  return account;
}

export async function openApprovals(w: World, account?: Actor) {
  const owner = account ?? (await w.agent("Owner"));
  await verify(w, owner);
  const bot = asProgram(owner);
  const email = `colleague${n++}@example.com`;
  const colleague = await act(w.core, owner, "add_approver", { name: "Ann Colleague", email, team: "Legal" });
  const request = (over: Partial<Input<"request_approval">> = {}, at = w.core, by: Actor = bot) =>
    at.call(by, "request_approval", { action: "Send the contract to ACME.", waitSeconds: 0, ...over });
  /** The newest link that was mailed to somebody. */
  const linkOf = async (address = email): Promise<string> => {
    const [mail] = await w.core.client`
      select body from mail where recipient = ${address} order by id desc limit 1`;
    return /#token=(\S+)/.exec(mail?.body)?.[1] ?? "";
  };
  const answer = (input: Input<"answer_approval">, at = w.core) =>
    at.call(ANONYMOUS, "answer_approval", input);
  return { owner, bot, colleague, email, request, linkOf, answer };
}
