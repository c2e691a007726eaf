"use client";

import { Button } from "@/ui/button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";

/** For a human or an admin: apps act as agents do, so only an agent's account can have them. */
export function OtherAccount({ name }: { name: string }) {
  async function change() {
    const here = window.location.pathname;
    const { signOut } = await import("next-auth/react");
    await signOut({ callbackUrl: `/login?next=${encodeURIComponent(here)}` });
  }
  return (
    <div className="page max-w-2xl py-8 sm:py-12">
      <PageHeader title="This account cannot connect apps" />
      <p className="mb-6">
        You are signed in as <strong className="break-words">{name}</strong>. Apps hire humans, so they
        connect to the account of an agent’s owner. Nothing was given to the app.
      </p>
      <Button onClick={change}>Use another account</Button>
    </div>
  );
}
