/** Signing in from a form. Loaded when used: no page needs it to be shown. */

/** Answers what went wrong, or null after which the browser is on its way to `next`. */
export async function signInTo(next: string, email: string, password: string): Promise<string | null> {
  const { signIn } = await import("next-auth/react");
  try {
    const answer = await signIn("credentials", { redirect: false, email, password });
    if (answer?.error) return answer.error;
  } catch {
    return "The server could not be reached. Check your connection and try again.";
  }
  // A full load: everything on the next page is the signed-in person's.
  window.location.assign(next);
  return null;
}

/** Gives the signed-in person's password again, on the same page; answers what went wrong, or null. */
export async function signInAgain(password: string): Promise<string | null> {
  const { getSession, signIn } = await import("next-auth/react");
  try {
    const email = (await getSession())?.user?.email;
    if (!email) return "You are signed out. Sign in again, then repeat this.";
    return (await signIn("credentials", { redirect: false, email, password }))?.error ?? null;
  } catch {
    return "The server could not be reached. Check your connection and try again.";
  }
}

/** Only addresses of this site: `next` comes from the address bar. */
export function safeNext(next: string | string[] | undefined): string {
  // Browsers drop tabs and line breaks, and read a backslash as a slash: so the address is parsed as they would.
  const here = "http://here.invalid";
  const isPath = typeof next === "string" && next.startsWith("/") && URL.canParse(next, here);
  return isPath && new URL(next, here).origin === here && !/[\\\p{Cc}]/u.test(next) ? next : "/login";
}
