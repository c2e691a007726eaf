/** The tools of the suite that ask something back before they answer. */

import { randomBytes } from "node:crypto";
import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  createRequestStateCodec,
  type InputRequests,
  inputRequired,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { type Fixture, fixture, text } from "./tools.ts";

interface State {
  round: number;
}
export const codec = createRequestStateCodec<State>({ key: randomBytes(32), ttlSeconds: 300 });

const ask = (message: string, field = "name") =>
  inputRequired.elicit({
    message,
    requestedSchema: {
      type: "object",
      properties: { [field]: field === "ok" ? { type: "boolean" } : { type: "string" } },
      required: [field],
    },
  });
const askModel = (said: string) =>
  inputRequired.createMessage({
    messages: [{ role: "user", content: { type: "text", text: said } }],
    maxTokens: 100,
  });

const answers = ({ mcpReq }: ServerContext) =>
  (mcpReq.inputResponses ?? {}) as Record<string, { content?: { text?: string }; roots?: { uri: string }[] }>;
const nameOf = ({ mcpReq }: ServerContext, key: string): string | null => {
  const name = acceptedContent<{ name: string }>(mcpReq.inputResponses, key)?.name;
  return typeof name === "string" ? name : null;
};
const stateAt = (round: number) => codec.mint({ round });
const roundOf = ({ mcpReq }: ServerContext) => mcpReq.requestState<State>()?.round ?? 0;

/** Asks until all is answered. */
const until = (
  done: (ctx: ServerContext) => string | null,
  wanted: InputRequests,
  withState = false,
): Fixture =>
  fixture(async (ctx) => {
    const said = done(ctx);
    if (said !== null) return text(said);
    return inputRequired({
      inputRequests: wanted,
      ...(withState ? { requestState: await stateAt(1) } : {}),
    });
  });

const confirmed = (ctx: ServerContext) =>
  acceptedContent(ctx.mcpReq.inputResponses, "confirm") && roundOf(ctx) === 1 ? "state-ok" : null;
const askedModel = (key: string) =>
  until((ctx) => answers(ctx)[key]?.content?.text ?? null, {
    [key]: askModel("What is the capital of France?"),
  });

/** Asks only what the client has said that it can answer. */
const asFarAsDeclared = fixture((ctx) => {
  if (ctx.mcpReq.inputResponses) return text("Answered.");
  const envelope: Record<string, unknown> = ctx.mcpReq.envelope ?? {};
  const declared = envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined;
  const wanted: InputRequests = {
    ...(declared?.elicitation ? { user_name: ask("What is your name?") } : {}),
    ...(declared?.sampling ? { greeting: askModel("Generate a greeting") } : {}),
    ...(declared?.roots ? { client_roots: inputRequired.listRoots() } : {}),
  };
  return Object.keys(wanted).length > 0 ? inputRequired({ inputRequests: wanted }) : text("Nothing to ask.");
});

const twoRounds = fixture(async (ctx) => {
  const round = roundOf(ctx);
  if (round === 2) return text("Both answered.");
  const inputRequests: InputRequests =
    round === 0
      ? { step1: ask("Step 1: What is your name?") }
      : { step2: ask("Step 2: What is your favorite color?", "color") };
  return inputRequired({ inputRequests, requestState: await stateAt(round + 1) });
});

const name = until((ctx) => nameOf(ctx, "user_name"), { user_name: ask("What is your name?") });
const P = "test_input_required_result_";

export const rounds: Record<string, Fixture> = {
  [`${P}elicitation`]: name,
  [`${P}sampling`]: askedModel("capital_question"),
  [`${P}list_roots`]: until(
    (ctx) =>
      answers(ctx)
        .client_roots?.roots?.map(({ uri }) => uri)
        .join(", ") ?? null,
    {
      client_roots: inputRequired.listRoots(),
    },
  ),
  [`${P}request_state`]: until(confirmed, { confirm: ask("Please confirm", "ok") }, true),
  [`${P}tampered_state`]: until(confirmed, { confirm: ask("Please confirm", "ok") }, true),
  [`${P}multiple_inputs`]: until(
    (ctx) => {
      const { greeting, client_roots } = answers(ctx);
      return nameOf(ctx, "user_name") && greeting && client_roots ? "All answered." : null;
    },
    {
      user_name: ask("What is your name?"),
      greeting: askModel("Generate a greeting"),
      client_roots: inputRequired.listRoots(),
    },
    true,
  ),
  [`${P}multi_round`]: twoRounds,
  [`${P}capabilities`]: asFarAsDeclared,
  test_missing_capability: askedModel("llm_answer"),
  // Of 2025-11-25, where asking back takes a session: see the baseline.
  test_sampling: askedModel("llm_answer"),
  test_elicitation: name,
  test_elicitation_sep1034_defaults: name,
  test_elicitation_sep1330_enums: name,
};
