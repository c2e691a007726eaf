/** Cross-site request forgery: what a browser sends for a page of another site changes nothing here. */

type Header = (name: string) => string | null;

const SAFE = ["GET", "HEAD", "OPTIONS", "TRACE"];

/** The host of an address; null when there is none or it is no address, as in `Origin: null`. */
export const hostOf = (address: string | null): string | null =>
  address !== null && URL.canParse(address) ? new URL(address).host || null : null;

/**
 * Whether a browser says that a page elsewhere causes this write. Browsers send Sec-Fetch-Site or Origin with each
 * of them; what sends neither is no browser, and brings no cookies of somebody else's.
 */
export function isForeignWrite(method: string, header: Header, publicUrl: string): boolean {
  if (SAFE.includes(method)) return false;
  const site = header("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return true;
  const origin = header("origin");
  if (origin === null) return false;
  const host = hostOf(origin);
  if (host === null) return true;
  // Behind a proxy that rewrites the Host header, the browser knows best.
  return site !== "same-origin" && host !== header("host") && origin !== new URL(publicUrl).origin;
}
