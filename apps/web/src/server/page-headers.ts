/** What every response tells browsers: which code may run, who may frame or embed it, what leaks to where. */

/** The header in which the listener tells the pages the nonce of their response; it overwrites what a client sends. */
export const NONCE = "x-nonce";
/** The header in which it tells them their own address, which the framework keeps from them. */
export const ADDRESS = "x-page-address";

/** The toaster puts in its styles by itself, without a nonce. A test compares this with the installed package. */
export const TOASTER_STYLES = "sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=";
/** The hash of nothing: the element is put in before its text. */
const NO_STYLES = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

/** A page's policy: only scripts with this response's nonce run, and what those load. */
export function pagePolicy(nonce: string, https: boolean): string {
  const directives = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}' '${TOASTER_STYLES}' '${NO_STYLES}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}

/** For replies that are no pages: nothing in them is ever to run. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** A year, as the lists of browsers ask for at least. */
const HSTS = { "strict-transport-security": "max-age=31536000; includeSubDomains" };

const common = (https: boolean) => ({
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  ...(https ? HSTS : {}),
});

/** The headers of the API's replies. */
export const dataHeaders = (https: boolean): Record<string, string> => ({
  ...common(https),
  "content-security-policy": DATA_POLICY,
});

/** The headers of pages, beside their policy. */
export const pageHeaders = (https: boolean): Record<string, string> => ({
  ...common(https),
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy":
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()",
});
