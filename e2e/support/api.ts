/** The contract's own way in: POST /api/v1/mcp with {tool, input}, as a program without any SDK does it. */

import { randomUUID } from "node:crypto";

export const serverUrl = (path = "") => `${process.env.E2E_URL}${path}`;

export interface Reply {
  status: number;
  headers: Headers;
  body: { result: unknown; error: { code: string; message: string } | null };
}

export async function post(body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const reply = await fetch(serverUrl("/api/v1/mcp"), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: reply.status, headers: reply.headers, body: (await reply.json()) as Reply["body"] };
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
export const onceOnly = () => ({ "idempotency-key": randomUUID() });

/** Calls a tool that is expected to work, and answers its result. */
export async function tool<T>(name: string, input: object, token?: string): Promise<T> {
  const headers = { ...onceOnly(), ...(token ? bearer(token) : {}) };
  const { status, body } = await post({ tool: name, input }, headers);
  if (body.error) throw new Error(`${name}: ${status} ${body.error.code}: ${body.error.message}`);
  return body.result as T;
}

/** Calls a tool that is expected to be refused, and answers how. */
export async function refusal(name: string, input: object, token?: string) {
  const headers = { ...onceOnly(), ...(token ? bearer(token) : {}) };
  const { status, body } = await post({ tool: name, input }, headers);
  return { status, code: body.error?.code };
}
