/** The bodies of OAuth's POST endpoints, and their answers. */

import OAuth2Server from "@node-oauth/oauth2-server";
import { readLimited } from "../incoming.ts";

const { InvalidRequestError } = OAuth2Server;

/** A form as OAuth sends it, each parameter once (`resource` is given apart). */
export async function readForm(
  request: Request,
): Promise<{ form: Record<string, string>; resources: string[] }> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new InvalidRequestError("Send application/x-www-form-urlencoded");
  }
  const params = new URLSearchParams((await readLimited(request)).toString("utf8"));
  const resources = params.getAll("resource");
  params.delete("resource");
  const form = Object.fromEntries(params);
  if (Object.keys(form).length !== [...params].length) {
    throw new InvalidRequestError("A parameter is given more than once");
  }
  return { form, resources };
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers },
  });
