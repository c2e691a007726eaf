/** Endpoints on loopback that webhooks are really sent to: what they got, and how they answer. */

import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

export interface Received {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  port: number;
  got: Received[];
  /** Those that came to one path. */
  at: (path: string) => Received[];
}

type Answer = (res: http.ServerResponse, request: Received) => void;

/** Starts one that answers 200 unless told otherwise; it ends with the test file. */
export async function startReceiver(
  answer: Answer = (res) => res.end("ok"),
  tls?: { key: string; cert: string },
): Promise<Receiver> {
  const got: Received[] = [];
  const handle: http.RequestListener = (req, res) => {
    const chunks: Buffer[] = [];
    req.on("error", () => {}); // The sender may break off: that is what some tests are about.
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const request = { method: req.method ?? "", path: req.url ?? "", headers: req.headers, body };
      got.push(request);
      answer(res, request);
    });
  };
  const server = tls ? https.createServer(tls, handle) : http.createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    got,
    at: (path) => got.filter((r) => r.path === path),
  };
}

/** For hooks.example.com, self-signed, good for nothing but these tests. */
export const TEST_TLS = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgj2RYfCQqKw0moFMC
d7q3D5qefmHR+wStqpUkQvsgoS2hRANCAAQlD1r/XLgAl0+bQKQH6Yrw39XQlyO2
Qnr7btThzF63Y3u5nNUrhw7p0zF3AlnBiVGZ/OvYYljcHByVjn69GOq4
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBrTCCAVOgAwIBAgIUBBOXkspVdmh8LCI4LI9zS6YGE1QwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRaG9va3MuZXhhbXBsZS5jb20wIBcNMjYxMTIxMTM0MjEzWhgP
MjEyNjEwMjgxMzQyMTNaMBwxGjAYBgNVBAMMEWhvb2tzLmV4YW1wbGUuY29tMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJQ9a/1y4AJdPm0CkB+mK8N/V0JcjtkJ6
+27U4cxet2N7uZzVK4cO6dMxdwJZwYlRmfzr2GJY3BwclY5+vRjquKNxMG8wHQYD
VR0OBBYEFD2poRHB9rCFAf1vuFxuDq76fGXyMB8GA1UdIwQYMBaAFD2poRHB9rCF
Af1vuFxuDq76fGXyMA8GA1UdEwEB/wQFMAMBAf8wHAYDVR0RBBUwE4IRaG9va3Mu
ZXhhbXBsZS5jb20wCgYIKoZIzj0EAwIDSAAwRQIgbhA9PeZKH79mIOXyagxLLGNB
TbuQGrYvFqfTcZePJ48CIQDyAA6xW5qe+R3YDR2DgnunHBOl3r5QZV7TY6Kobrwp
tA==
-----END CERTIFICATE-----`,
};

/** The same for localhost. */
export const LOCALHOST_TLS = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJjerttIvfNulssYv
drAQqqdrXYo6ChIQCOeD641EBQ2hRANCAASXeLfFdQ6KlCEhMFGgz1CwrECr9WHr
nWHo9HMmIgJKyI8UmDxlRPBd0yydW1aFtqwlVP3Y62S+OxY6vzbX/286
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBlDCCATugAwIBAgIUYZ7cRlHnAALiuopThjbIzHwK3zkwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE2MzQyOFoYDzIxMjYxMDI4
MTYzNDI4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASXeLfFdQ6KlCEhMFGgz1CwrECr9WHrnWHo9HMmIgJKyI8UmDxlRPBd
0yydW1aFtqwlVP3Y62S+OxY6vzbX/286o2kwZzAdBgNVHQ4EFgQUoS2u5zr/J7bZ
KbAV+EmWkdyFeG8wHwYDVR0jBBgwFoAUoS2u5zr/J7bZKbAV+EmWkdyFeG8wDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
RwAwRAIgPnFr3ihAi2n1QOJwTwigNkDJl1hAVbUNTOaeWuE3OwUCIC3iuRf9pYgM
kIsS4Ve05c0QzoM4Z94JzqSujz5bB+k2
-----END CERTIFICATE-----`,
};
