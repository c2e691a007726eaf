import { useEffect, useState } from "react";

/**
 * The token of a mailed link, which stands behind the # and so in no request. It is taken out of the address bar at
 * once. Undefined while the page is being read, null when there is none. A second link that is opened in the same tab
 * changes only the #: key by the token whatever belongs to it.
 */
export function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const take = () => {
      const given = new URLSearchParams(window.location.hash.slice(1)).get("token");
      // In development effects run twice: the second finds the address clean.
      setToken((before) => given ?? before ?? null);
      if (given) window.history.replaceState(null, "", window.location.pathname);
    };
    take();
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  return token;
}
