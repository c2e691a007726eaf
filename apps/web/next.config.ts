import type { NextConfig } from "next";

const config: NextConfig = {
  // One instance of the core per process: server.ts and the pages import the same built files.
  serverExternalPackages: ["@humans2ai/core", "postgres", "@node-rs/argon2", "@modelcontextprotocol/server"],
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: new URL("../..", import.meta.url).pathname },
};

export default config;
