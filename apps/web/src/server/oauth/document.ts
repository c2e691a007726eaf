/** The description that an app's id is the address of (client-id metadata documents): fetched, checked, kept a while. */

import https from "node:https";
import {
  clientName,
  countDocument,
  faultOfUrl,
  isRedirectUri,
  type OauthClient,
  Refusal,
} from "@humans2ai/core";
import OAuth2Server from "@node-oauth/oauth2-server";
import { z } from "zod";
import { env } from "../../env.ts";
import { getCore } from "../core.ts";
import { guardedLookup, resolveByDns } from "../public-lookup.ts";

const MOST_READ = 16 * 1024;
const TIMEOUT_MS = 4000;
/** How long a description is believed, in seconds, whatever its host says. */
const KEPT = { min: 60, usual: 600, max: 86_400 };
const MOST_KEPT = 500;

const fault = (why: string) => new OAuth2Server.InvalidClientError(`The app's description ${why}`);

const shape = z.object({
  client_id: z.string(),
  client_name: z.string().optional(),
  redirect_uris: z.array(z.string().refine(isRedirectUri)).min(1).max(30),
  token_endpoint_auth_method: z.literal("none").optional(),
  // An app on people's machines can keep no secret.
  client_secret: z.undefined().optional(),
});

const kept = new Map<string, { client: OauthClient; until: number }>();
const coming = new Map<string, Promise<OauthClient>>();

/** What is wrong with such an id; null when nothing is. One app has one id: only an address in its plain form. */
export function faultOfClientUrl(id: string, allowPrivate: boolean): string | null {
  const url = URL.canParse(id) ? new URL(id) : null;
  if (url?.protocol !== "https:" || url.href !== id) return "must be a plain https address";
  if (url.pathname === "/" || url.hash) return "must have a path, and no fragment";
  return faultOfUrl(id, allowPrivate);
}

/**
 * The app that this address describes. Throws an OAuthError that says why not, or RATE_LIMITED when this caller had it
 * asked for too often; what was good lately then still counts.
 */
export async function describedClient(id: string, ip: string): Promise<OauthClient> {
  const wrong = faultOfClientUrl(id, env().WEBHOOK_ALLOW_PRIVATE);
  if (wrong) throw new OAuth2Server.InvalidClientError(`client_id ${wrong}`);
  const known = kept.get(id);
  if (known && known.until > Date.now()) return known.client;
  // By caller: whose hour is full must not fail others who ask at the same moment.
  const asked = `${ip} ${id}`;
  const pending = coming.get(asked) ?? fetchClient(id, ip).finally(() => coming.delete(asked));
  coming.set(asked, pending);
  return pending.catch((error) => {
    if (known && error instanceof Refusal && error.code === "RATE_LIMITED") return known.client;
    throw error;
  });
}

async function fetchClient(id: string, ip: string): Promise<OauthClient> {
  const url = new URL(id);
  await countDocument(getCore(), ip, url.host);
  const { text, maxAge } = await fetchDocument(url);
  const parsed = shape.safeParse(parse(text));
  if (!parsed.success) {
    throw fault(`is not one that is taken: see ${parsed.error.issues[0]?.path.join(".") || "its form"}`);
  }
  if (parsed.data.client_id !== id) throw fault("names another client_id");
  const client = {
    id,
    name: clientName(parsed.data.client_name, url.host),
    redirectUris: parsed.data.redirect_uris,
  };
  kept.delete(id); // it becomes the newest
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
  kept.set(id, { client, until: Date.now() + maxAge * 1000 });
  return client;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fault("is no JSON");
  }
}

/** Asks for it once: of a public address only, without following anywhere, and no more than a description has. */
function fetchDocument(url: URL): Promise<{ text: string; maxAge: number }> {
  return new Promise((resolve, reject) => {
    const end = (why: string) => {
      reject(fault(why));
      request.destroy();
    };
    const request = https.get(url, {
      headers: { accept: "application/json", "user-agent": "Humans2AI" },
      lookup: guardedLookup(resolveByDns, env().WEBHOOK_ALLOW_PRIVATE),
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    request.on("error", () => end("could not be fetched"));
    request.on("response", (answer) => {
      const type = answer.headers["content-type"] ?? "";
      if (answer.statusCode !== 200) return end(`was answered with ${answer.statusCode}`);
      if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) return end("is not served as JSON");
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("error", () => end("could not be fetched"));
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_READ) return end(`is larger than ${MOST_READ / 1024} kB`);
        chunks.push(chunk);
      });
      answer.on("end", () =>
        resolve({
          text: Buffer.concat(chunks).toString("utf8"),
          maxAge: ageOf(answer.headers["cache-control"]),
        }),
      );
    });
  });
}

function ageOf(control: string | undefined): number {
  const said = /(?:^|,)\s*max-age=(\d{1,9})/i.exec(control ?? "")?.[1];
  return Math.min(Math.max(said === undefined ? KEPT.usual : Number(said), KEPT.min), KEPT.max);
}
