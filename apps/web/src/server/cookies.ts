/** The browser's cookies. With https they carry `__Host-`: no sibling domain and no plain http page can set them. */

import type { CookiesOptions } from "next-auth";

const prefix = (publicUrl: string) => (publicUrl.startsWith("https:") ? "__Host-" : "");

export const sessionCookie = (publicUrl: string): string => `${prefix(publicUrl)}next-auth.session-token`;

/** Names the browser in which an app's request was begun: `SameSite=Lax`, as it comes back from the app's own page. */
export const browserCookie = (publicUrl: string): string => `${prefix(publicUrl)}oauth-browser`;

/** The Set-Cookie header of it; good for so many seconds. */
export const setBrowserCookie = (publicUrl: string, token: string, maxAge: number): string =>
  `${browserCookie(publicUrl)}=${token}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${prefix(publicUrl) && "; Secure"}`;

/** The three that sign-in by password uses, as next-auth takes them. */
export function authCookies(publicUrl: string): Partial<CookiesOptions> {
  const secure = publicUrl.startsWith("https:");
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  return {
    sessionToken: { name: sessionCookie(publicUrl), options },
    callbackUrl: { name: `${prefix(publicUrl)}next-auth.callback-url`, options },
    csrfToken: { name: `${prefix(publicUrl)}next-auth.csrf-token`, options },
  };
}
