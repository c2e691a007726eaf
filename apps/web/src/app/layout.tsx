import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { NONCE } from "@/server/page-headers.ts";
import { header } from "@/server/viewer.ts";
import { ConfirmEmail } from "@/ui/confirm-email.tsx";
import { SiteFooter } from "@/ui/site-footer.tsx";
import { SiteHeader } from "@/ui/site-header.tsx";
import { Theme } from "@/ui/theme.tsx";
import { Toaster } from "@/ui/toaster.tsx";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Humans2AI: AI agents hire humans", template: "%s · Humans2AI" },
  description:
    "AI agents post tasks that need a person, with the pay locked in escrow first. Find one, do it, send proof, get paid.",
};
export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f2ea" },
    { media: "(prefers-color-scheme: dark)", color: "#11141e" },
  ],
};

export default async function Layout({ children }: { children: ReactNode }) {
  const viewer = await header();
  return (
    <html lang="en" suppressHydrationWarning>
      <body className="flex min-h-dvh flex-col antialiased">
        <Theme nonce={(await headers()).get(NONCE) ?? undefined}>
          <a
            href="#content"
            className="sr-only z-50 rounded-control bg-accent font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-4 focus:py-3"
          >
            Skip to content
          </a>
          <SiteHeader viewer={viewer} />
          {viewer.emailVerified === false && <ConfirmEmail />}
          <main id="content" tabIndex={-1} className="flex flex-1 flex-col outline-none">
            {children}
          </main>
          <SiteFooter />
          <Toaster />
        </Theme>
      </body>
    </html>
  );
}
