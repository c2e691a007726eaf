import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants";

/** Next evaluates code in development, puts in scripts without a nonce, and speaks over a web socket. */
const DEV_POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self'; media-src 'self' blob:; connect-src 'self' ws:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const devHeaders = async () => [
  { source: "/((?!api/).*)", headers: [{ key: "content-security-policy", value: DEV_POLICY }] },
];

export default (phase: string): NextConfig => ({
  // Apart, or `pnpm dev` would take the production build away from under `npm start`.
  distDir: phase === PHASE_DEVELOPMENT_SERVER ? ".next-dev" : ".next",
  serverExternalPackages: [
    "postgres",
    "@node-rs/argon2",
    "@zxcvbn-ts/language-common",
    "@modelcontextprotocol/server",
  ],
  poweredByHeader: false,
  reactStrictMode: true,
  // In production the listener sends headers, a nonce for each page among them.
  ...(phase === PHASE_DEVELOPMENT_SERVER ? { headers: devHeaders } : {}),
  turbopack: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    // The guides under /docs are the repository's own Markdown.
    rules: { "*.md": { type: "text" } },
  },
});
