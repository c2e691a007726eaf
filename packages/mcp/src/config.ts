// Everything the environment may say, read and checked once.

export interface Config {
  endpoint: URL;
  /** Where the server is, as a person would name it in a sentence. */
  site: string;
  apiKey?: string;
  timeoutMs: number;
  retryBaseMs: number;
}

/** Its message is one sentence for the person who set the environment. */
export class ConfigError extends Error {}

type Env = Record<string, string | undefined>;

const DEFAULT_URL = "https://humans2ai.com";
const MCP_PATH = "/api/v1/mcp";
/** Tools that wait for people are silent for up to 50 seconds, unless the client asks for progress. */
const TIMEOUT_MS = 75_000;

export function readConfig(env: Env): Config {
  const base = readUrl(env);
  const path = base.pathname.replace(/\/+$/, "");
  const endpoint = new URL(base);
  endpoint.pathname = path.endsWith(MCP_PATH) ? path : path + MCP_PATH;
  const apiKey = readKey(env);
  return {
    endpoint,
    site: base.origin + path,
    ...(apiKey === undefined ? {} : { apiKey }),
    timeoutMs: readMs(env, "HUMANS2AI_TIMEOUT_MS", TIMEOUT_MS),
    retryBaseMs: readMs(env, "HUMANS2AI_RETRY_BASE_MS", 250),
  };
}

/** A setting; some clients hand over the name of one that was left empty, as `${user_config.api_key}`. */
function read(env: Env, name: string): string | undefined {
  const text = env[name]?.trim();
  return text && !/^\$\{.*\}$/.test(text) ? text : undefined;
}

function readUrl(env: Env): URL {
  const text = read(env, "HUMANS2AI_URL") ?? DEFAULT_URL;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new ConfigError(
      `HUMANS2AI_URL is not a web address: write it in full, for example ${DEFAULT_URL} or http://localhost:3000.`,
    );
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new ConfigError(`HUMANS2AI_URL must start with https:// (or http:// for this machine).`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new ConfigError(
      "HUMANS2AI_URL must be a plain address without a user name, a query or a #fragment: put the key in API_KEY.",
    );
  }
  if (url.protocol === "http:" && !isThisMachine(url.hostname) && env.HUMANS2AI_ALLOW_HTTP !== "1") {
    throw new ConfigError(
      "HUMANS2AI_URL would send your key unencrypted: use https://, or set HUMANS2AI_ALLOW_HTTP=1 if you trust that network.",
    );
  }
  return url;
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}

function readKey(env: Env): string | undefined {
  const key = read(env, "API_KEY");
  if (key !== undefined && !isHeaderToken(key)) {
    throw new ConfigError(
      "API_KEY has spaces or unusual characters in it: paste the key again, exactly as it was shown.",
    );
  }
  return key;
}

/** True when a string can travel in an Authorization header. */
export function isHeaderToken(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}

function readMs(env: Env, name: string, fallback: number): number {
  const text = read(env, name);
  if (text === undefined) return fallback;
  const ms = Number(text);
  if (!Number.isInteger(ms) || ms < 1 || ms > 3_600_000) {
    throw new ConfigError(`${name} must be a whole number of milliseconds from 1 to 3600000.`);
  }
  return ms;
}
