/** The prompts of the suite, and what completes their arguments. */

import { acceptedContent, inputRequired, type ServerContext } from "@modelcontextprotocol/server";
import { PNG } from "./tools.ts";

type Given = Record<string, string>;
const prompt = (names: string[], get: (given: Given, ctx: ServerContext) => unknown) => ({
  about: {
    description: "A fixture of the conformance suite.",
    arguments: names.map((name) => ({ name, description: "An argument.", required: true })),
  },
  get,
});
const says = (...parts: object[]) => ({ messages: parts.map((content) => ({ role: "user", content })) });
const text = (said: string) => ({ type: "text", text: said });

export const prompts: Record<string, ReturnType<typeof prompt>> = {
  test_simple_prompt: prompt([], () => says(text("This is a simple prompt for testing."))),
  test_prompt_with_arguments: prompt(["arg1", "arg2"], ({ arg1, arg2 }) =>
    says(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  ),
  test_prompt_with_embedded_resource: prompt(["resourceUri"], ({ resourceUri }) =>
    says(
      {
        type: "resource",
        resource: {
          uri: resourceUri,
          mimeType: "text/plain",
          text: "Embedded resource content for testing.",
        },
      },
      text("Please process the embedded resource above."),
    ),
  ),
  test_prompt_with_image: prompt([], () =>
    says({ type: "image", data: PNG, mimeType: "image/png" }, text("Please analyze the image above.")),
  ),
  test_input_required_result_prompt: prompt([], (_, { mcpReq }) => {
    const given = acceptedContent<{ context: string }>(mcpReq.inputResponses, "user_context");
    if (given) return says(text(`Context: ${given.context}`));
    return inputRequired({
      inputRequests: {
        user_context: inputRequired.elicit({
          message: "What context should the prompt use?",
          requestedSchema: {
            type: "object",
            properties: { context: { type: "string" } },
            required: ["context"],
          },
        }),
      },
    });
  }),
};

export function complete({ ref, argument }: { ref: { name?: string }; argument: { value: string } }) {
  if (ref.name === undefined || !(ref.name in prompts)) return null;
  const values = ["paris", "park", "party"].filter((word) => word.startsWith(argument.value));
  return { completion: { values, total: values.length, hasMore: false } };
}
