/** What clients, catalogues and registries know the product by. A test holds all published files to it. */
export const product = {
  /** In the registries' reverse-DNS form; also the MCP server's own name. */
  name: "com.humans2ai/mcp",
  title: "Humans2AI",
  version: "1.0.0",
  /** At most 100 characters, as registries want it. */
  description: "Hire humans: post a task, lock its budget in escrow, review the proof, pay.",
  /** The stdio client, on npm. */
  package: "@humans2ai/mcp",
} as const;
