/** The tools of the suite that answer at once. */

import type { CallToolResult, ServerContext } from "@modelcontextprotocol/server";

export interface Fixture {
  about: { description: string; inputSchema: { type: "object"; [key: string]: unknown } };
  run: (ctx: ServerContext) => unknown;
}

export const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/** A WAV header with no sound after it. */
const WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";

export const fixture = (run: Fixture["run"], schema: object = {}): Fixture => ({
  about: { description: "A fixture of the conformance suite.", inputSchema: { type: "object", ...schema } },
  run,
});
export const text = (said: string): CallToolResult => ({ content: [{ type: "text", text: said }] });
const content = (...parts: CallToolResult["content"]) => fixture(() => ({ content: parts }));
const image = { type: "image", data: PNG, mimeType: "image/png" } as const;
const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

export const plain: Record<string, Fixture> = {
  test_simple_text: fixture(() => text("This is a simple text response for testing.")),
  test_image_content: content(image),
  test_audio_content: content({ type: "audio", data: WAV, mimeType: "audio/wav" }),
  test_embedded_resource: content({
    type: "resource",
    resource: {
      uri: "test://embedded-resource",
      mimeType: "text/plain",
      text: "This is an embedded resource content.",
    },
  }),
  test_multiple_content_types: content({ type: "text", text: "Multiple content types test:" }, image, {
    type: "resource",
    resource: {
      uri: "test://mixed-content-resource",
      mimeType: "application/json",
      text: JSON.stringify({ test: "data", value: 123 }),
    },
  }),
  test_error_handling: fixture(() => ({
    ...text("This tool intentionally returns an error for testing"),
    isError: true,
  })),
  test_tool_with_logging: fixture(async ({ mcpReq }) => {
    for (const said of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
      await mcpReq.log("info", said);
      await pause();
    }
    return text("Logged.");
  }),
  test_tool_with_progress: fixture(async ({ mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined) {
        await mcpReq.notify({
          method: "notifications/progress",
          params: { progressToken, progress, total: 100 },
        });
      }
      await pause();
    }
    return text("Done.");
  }),
  test_logging_tool: fixture(async ({ mcpReq }) => {
    await mcpReq.log("info", "Told only to who asked for it.");
    return text("Logged.");
  }),
  test_streaming_elicitation: fixture(() => text("Nothing was asked on this stream.")),
  json_schema_2020_12_tool: fixture(() => text("Taken."), {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $defs: {
      address: {
        $anchor: "addressDef",
        type: "object",
        properties: { street: { type: "string" }, city: { type: "string" } },
      },
    },
    properties: {
      name: { type: "string" },
      address: { $ref: "#/$defs/address" },
      contactMethod: { type: "string", enum: ["phone", "email"] },
      phone: { type: "string" },
      email: { type: "string" },
    },
    allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
    if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ["phone"] },
    else: { required: ["email"] },
    additionalProperties: false,
  }),
};
