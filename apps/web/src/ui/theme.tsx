"use client";

import { setNonce } from "get-nonce";
import { ThemeProvider } from "next-themes";
import { type ReactNode, useEffect, useState } from "react";

/** Light or dark. What puts in styles later (this, and dialogs) needs the nonce of the page as it was loaded. */
export function Theme({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  // A page that is rendered again within the same document brings another nonce, which is not the document's.
  const [first] = useState(nonce);
  useEffect(() => {
    if (first) setNonce(first);
  }, [first]);
  return (
    <ThemeProvider attribute="data-theme" disableTransitionOnChange {...(first ? { nonce: first } : {})}>
      {children}
    </ThemeProvider>
  );
}
