import { type Answer, type Api, type Person, type Sent, startApi } from "./api.ts";

export const LEGACY = ["2025-03-26", "2025-06-18", "2025-11-25"];
export const MODERN = "2026-07-28";

export interface Rpc extends Sent {
  id?: string | number | null;
  version?: string;
  /** What a 2026-07-28 client says that it can. */
  capabilities?: object;
}

export function rpcOf(api: Api) {
  /** One JSON-RPC message of a 2025 client; without an id it is a notification. */
  const legacy = (method: string, params: object = {}, { id = 1, version, ...sent }: Rpc = {}) =>
    post({ jsonrpc: "2.0", ...(id === null ? {} : { id }), method, params }, sent, {
      ...(version ? { "mcp-protocol-version": version } : {}),
    });
  /** The same of a 2026-07-28 client: each request says what it is, in its body and in its headers. */
  const modern = (
    method: string,
    params: Record<string, unknown> = {},
    { id = 1, capabilities = {}, ...sent }: Rpc = {},
  ) => {
    const _meta = {
      "io.modelcontextprotocol/protocolVersion": MODERN,
      "io.modelcontextprotocol/clientCapabilities": capabilities,
      "io.modelcontextprotocol/clientInfo": { name: "test", version: "1.0.0" },
    };
    return post({ jsonrpc: "2.0", id, method, params: { ...params, _meta } }, sent, {
      "mcp-protocol-version": MODERN,
      "mcp-method": method,
      ...nameHeader(params.name ?? params.uri ?? params.taskId),
    });
  };
  const post = async (body: unknown, sent: Sent, headers: Record<string, string>) =>
    messageOf(
      await api.send("/api/v1/mcp", {
        ...sent,
        body,
        headers: {
          accept: "application/json, text/event-stream",
          "content-type": "application/json",
          ...headers,
          ...sent.headers,
        },
      }),
    );
  return { legacy, modern, post: (body: unknown, sent: Sent = {}) => post(body, sent, {}) };
}

/** What a request names, as a header says it: plain where it can travel so, else in base64. */
const nameHeader = (name: unknown) =>
  typeof name !== "string"
    ? {}
    : { "mcp-name": /^[!-~]+$/.test(name) ? name : `=?base64?${Buffer.from(name).toString("base64")}?=` };

/** The one message of a reply, whether it came as JSON or as an event stream. */
function messageOf(answer: Answer): Answer {
  if (answer.body !== undefined) return answer;
  const data = /^data: (.+)$/m.exec(answer.text)?.[1];
  return { ...answer, body: data ? JSON.parse(data) : undefined };
}

export const namesOf = ({ body }: Answer): string[] => body.result.tools.map((t: { name: string }) => t.name);
export type { Person };
export { startApi };
