/** Where policy wants a person's yes before money moves: asked by the best channel that the client offers. */

import { createHash, hkdfSync } from "node:crypto";
import {
  cleanText,
  confirmationTokenOf,
  type Input,
  moneyTools,
  type Output,
  paramsHash,
  Refusal,
} from "@humans2ai/core";
import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  createRequestStateCodec,
  type InputRequest,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  ProtocolError,
  ProtocolErrorCode,
  type RequestStateCodec,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { env } from "../../env.ts";
import { getCore } from "../core.ts";
import { type Caller, callerOf } from "./caller.ts";

type Params = Readonly<Record<string, unknown>>;
type Run = (input: Record<string, unknown>) => Promise<CallToolResult>;
type Confirmation = Output<"get_confirmation">;

/** What comes back with the client's answer. It is signed, not secret. */
interface Asked {
  tool: string;
  /** Of the arguments: the answer is for these only. */
  params: string;
  confirmationId: string;
}

const ANSWER = "confirm";
/** As long as a person has to answer. */
const TTL_SECONDS = 30 * 60;
/** How long a retry waits for the answer on the page, well within what clients wait for a reply. */
const WAIT_SECONDS = 20;

export const isMoneyTool = (name: string): boolean => (moneyTools as readonly string[]).includes(name);

let made: RequestStateCodec<Asked> | undefined;
/** Signed with a key of its own, for this credential of this account only. */
export function stateCodec(): RequestStateCodec<Asked> {
  made ??= createRequestStateCodec<Asked>({
    key: new Uint8Array(hkdfSync("sha256", env().AUTH_SECRET, "", "humans2ai mcp request state", 32)),
    ttlSeconds: TTL_SECONDS,
    bind: ({ http }) => {
      const { userId, via, keyId, sessionId } = callerOf(http?.authInfo).actor;
      return JSON.stringify([userId, via, keyId, sessionId]);
    },
  });
  return made;
}

/** Runs a money tool. If policy wants a yes and the client can ask its person, the reply is the question. */
export async function runConfirmed(
  caller: Caller,
  name: string,
  input: Params,
  ctx: ServerContext,
  run: Run,
): Promise<CallToolResult | InputRequiredResult> {
  const state = ctx.mcpReq.requestState<Asked>();
  if (state !== undefined) return resume(caller, state, name, input, ctx, run);
  try {
    return await run({ ...input });
  } catch (error) {
    const channel = channelOf(ctx, caller);
    if (!channel || !(error instanceof Refusal) || error.code !== "CONFIRMATION_REQUIRED") throw error;
    const asked = { tool: name, params: input } as Input<"request_confirmation">;
    const { confirmationId } = await getCore().call(caller.actor, "request_confirmation", asked, VIA_MCP);
    // Policy was loosened in between.
    if (!confirmationId) return run({ ...input });
    const question = await find(caller, confirmationId);
    return ask(channel, question, { tool: name, params: digest(name, input), confirmationId }, ctx);
  }
}

const VIA_MCP = { channel: "mcp" } as const;

const digest = (name: string, input: Params) =>
  createHash("sha256")
    .update(paramsHash(name, { ...input }))
    .digest("base64url");

const find = (caller: Caller, confirmationId: string, waitSeconds = 0, signal?: AbortSignal) =>
  getCore().call(
    caller.actor,
    "get_confirmation",
    { confirmationId, waitSeconds },
    { ...VIA_MCP, ...(signal ? { signal } : {}) },
  );

/** The client's answer to our question. Money moves by the confirmation's own row, whatever this makes of it. */
async function resume(
  caller: Caller,
  state: Asked,
  name: string,
  input: Params,
  ctx: ServerContext,
  run: Run,
): Promise<CallToolResult | InputRequiredResult> {
  if (state.tool !== name || state.params !== digest(name, input)) {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, "This requestState is of another call.");
  }
  const { confirmationId } = state;
  const channel = channelOf(ctx, caller);
  const answer = inputResponse(ctx.mcpReq.inputResponses, ANSWER);
  if (answer.kind === "missing" && channel)
    return ask(channel, await find(caller, confirmationId), state, ctx);
  const accepted = answer.kind === "elicit" && answer.action === "accept";
  const yes = accepted && (channel !== "form" || answer.content?.yes === true);
  if (!yes) {
    await relay(caller, confirmationId, "no");
    throw new Refusal("CONFIRMATION_DECLINED", { tool: name });
  }
  if (channel === "form") await relay(caller, confirmationId, "yes");
  const question = await find(
    caller,
    confirmationId,
    channel === "url" ? WAIT_SECONDS : 0,
    ctx.mcpReq.signal,
  );
  if (question.status === "pending" && channel) return ask(channel, question, state, ctx);
  return run({ ...input, confirmationToken: confirmationTokenOf(getCore().secret, confirmationId) });
}

/** Whoever answered first, on the page or here, has answered. */
async function relay({ actor }: Caller, confirmationId: string, answer: "yes" | "no"): Promise<void> {
  try {
    const options = { ...VIA_MCP, relayed: true };
    await getCore().call(actor, "decide_confirmation", { confirmationId, answer }, options);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "CONFIRMATION_CLOSED")) throw error;
  }
}

/** How this client can ask its person: with a page of ours, with a form of its own, or not at all. */
function channelOf({ mcpReq }: ServerContext, { actor }: Caller): "url" | "form" | null {
  // The SDK's type of the envelope is empty; it has checked the envelope itself.
  const envelope = mcpReq.envelope as { [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities } | undefined;
  const elicitation = envelope?.[CLIENT_CAPABILITIES_META_KEY]?.elicitation;
  if (!elicitation) return null;
  if (elicitation.url) return "url";
  // Without a mode it is the form, as it was before there were two.
  // A connected app would answer for the owner whom it has to ask.
  return getCore().settings.confirmByClient && actor.via !== "oauth" ? "form" : null;
}

async function ask(
  channel: "url" | "form",
  question: Confirmation,
  state: Asked,
  ctx: ServerContext,
): Promise<InputRequiredResult> {
  const request = channel === "url" ? onPage(question) : inForm(question);
  return inputRequired({
    inputRequests: { [ANSWER]: request },
    requestState: await stateCodec().mint(state, ctx),
  });
}

const MOST = 1500;
const inWords = ({ message, taskTitle, payout }: Confirmation) =>
  [
    cleanText(message).slice(0, MOST).toWellFormed(),
    ...(taskTitle ? [`Task: ${cleanText(taskTitle)}`] : []),
    `To the human ${payout.humanPayout} $A9, platform fee ${payout.platformFee} $A9, together ${payout.total} $A9.`,
  ].join("\n");

const onPage = (question: Confirmation): InputRequest =>
  inputRequired.elicitUrl({
    message: `${inWords(question)}\nSign in on this page, and say yes or no there.`,
    url: question.approvalUrl,
  });

const inForm = (question: Confirmation): InputRequest =>
  inputRequired.elicit({
    message: inWords(question),
    requestedSchema: {
      type: "object",
      properties: { yes: { type: "boolean", title: "Yes, do it", default: false } },
      required: ["yes"],
    },
  });
