/** Between the listener and the pages: refuses what other sites cause, and sets the headers of each response. */

import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "@humans2ai/core";
import { env } from "../env.ts";
import { ADDRESS, dataHeaders, NONCE, pageHeaders, pagePolicy } from "./page-headers.ts";
import { hostOf, isForeignWrite } from "./same-site.ts";

type Header = (name: string) => string | null;

/** What the page framework may believe of a request, and what the browser is told of its page. */
export function guardPage(req: IncomingMessage, res: ServerResponse, header: Header) {
  const { PUBLIC_URL } = env();
  const url = new URL(PUBLIC_URL);
  if (isForeignWrite(req.method ?? "GET", header, PUBLIC_URL)) {
    throw new Refusal("FORBIDDEN", { message: "Another site cannot act in your name." });
  }
  // The framework compares Origin with it, and makes addresses of it: so never what a client made up.
  req.headers["x-forwarded-host"] = hostOf(header("origin")) ?? url.host;
  req.headers["x-forwarded-proto"] = url.protocol.slice(0, -1);
  const nonce = randomBytes(16).toString("base64");
  const policy = pagePolicy(nonce, isHttps());
  // The framework puts the nonce of this request header on its own scripts.
  req.headers["content-security-policy"] = policy;
  delete req.headers["content-security-policy-report-only"];
  req.headers[NONCE] = nonce;
  req.headers[ADDRESS] = req.url;
  res.setHeader("content-security-policy", policy);
  for (const [name, value] of Object.entries(pageHeaders(isHttps()))) res.setHeader(name, value);
}

const isHttps = () => env().PUBLIC_URL.startsWith("https:");

let ofData: Record<string, string> | undefined;
/** The headers that every reply of the API has, unless it says otherwise. */
export function withSafety(headers: Record<string, string>): Record<string, string> {
  ofData ??= dataHeaders(isHttps());
  return { ...ofData, ...headers };
}
