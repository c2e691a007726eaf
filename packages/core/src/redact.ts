/** Secrets by their shape: what must never reach a log, an error or an address. */

/** Our tokens (and everybody's `sk_live_…`), signed tokens, passwords in addresses, and hashes of passwords. */
const SHAPES: [RegExp, string][] = [
  [/(?<![A-Za-z0-9])(sk_live|sk_test|rt|ctk|ml|whsec|oat|ort|oac|oab)_[\w-]{8,}/g, "$1_…"],
  [/eyJ[\w-]{6,}\.[\w-]{4,}\.[\w-]*/g, "eyJ…"],
  [/(:\/\/[^\s/:@]*:)[^\s/@]+@/g, "$1…@"],
  [/\$argon2\w*\$[\w$=,+/.-]+/g, "$argon2…"],
  // Postgres tells a refused row with all its columns.
  [/(Failing row contains )\([^\n]*\)/g, "$1(…)"],
];

/** The text without its secrets; what is left still says which kind stood there. */
export const redact = (text: string): string =>
  SHAPES.reduce((rest, [shape, mask]) => rest.replace(shape, mask), text);

const KEY =
  /(?<![A-Za-z0-9_])((sk_(live|test)|whsec)_[\w-]{20,}|(rt|ctk|ml|oat|ort|oac|oab)_(?=[\w-]*[A-Z])[\w-]{32})/;
const SIGNED = /eyJ[\w-]{6,}\.(eyJ[\w-]{4,})\.[\w-]+/g;

/** Whether a text holds an API key or a token of ours. Signed tokens of others (in a signed link, say) are none. */
export function holdsSecret(text: string): boolean {
  if (KEY.test(text)) return true;
  return [...text.matchAll(SIGNED)].some(([, claims]) => isOurs(claims!));
}

function isOurs(claims: string): boolean {
  try {
    return JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/"))).iss === "humans2ai";
  } catch {
    return false; // no claims after all
  }
}
