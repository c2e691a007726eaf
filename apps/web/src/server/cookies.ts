/** The browser's cookies. With https they carry `__Host-`: no sibling domain and no plain http page can set them. */

import type { CookiesOptions } from "next-auth";

const prefix = (publicUrl: string) => (publicUrl.startsWith("https:") ? "__Host-" : "");

export const sessionCookie = (publicUrl: string): string => `${prefix(publicUrl)}next-auth.session-token`;

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
