/** Where an app may be answered: the addresses it gave beforehand, and nothing that a browser would run or read. */

/** RFC 8252: an app on the same machine listens on whatever port is free. */
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Schemes of no app: a browser would run, read or unpack what they name, or send it in the clear. */
const NO_APP =
  /^(javascript|data|vbscript|blob|about|file|filesystem|view-source|intent|content|jar|ftp|wss?|mailto|tel|sms|chrome.*|moz-.*|ms-.*|http):$/;

const MAX = 1000;

/** Whether a client may name this as the address of its answers: https, http on loopback, or a scheme of its own. */
export function isRedirectUri(text: string): boolean {
  if (text.length > MAX || !/^[\x21-\x7e]+$/.test(text) || /[\\#"<>^`{|}]/.test(text)) return false;
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password) return false;
  if (protocol === "http:") return LOOPBACK.has(hostname);
  if (protocol === "https:") return hostname !== "";
  return /^[a-z][a-z0-9+.-]*:\//.test(text) && !NO_APP.test(protocol);
}

/** Whether an address is among those given: letter by letter, but for the port of a loopback address. */
export function matchesRedirect(given: readonly string[], wanted: string): boolean {
  if (given.includes(wanted)) return isRedirectUri(wanted);
  if (!isLoopback(wanted)) return false;
  return given.some((one) => isLoopback(one) && withoutPort(one) === withoutPort(wanted));
}

export function isLoopback(text: string): boolean {
  if (!isRedirectUri(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "http:" && LOOPBACK.has(hostname);
}

function withoutPort(text: string): string {
  const url = new URL(text);
  url.port = "";
  return url.href;
}

/** An app's address with an answer of ours in its query; what was there stays, but for our own names. */
export function answerTo(redirectUri: string, answer: Record<string, string | null>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) {
    if (value !== null) url.searchParams.set(name, value);
  }
  return url.href;
}
