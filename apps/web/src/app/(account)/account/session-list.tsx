"use client";

import type { Output } from "@humans2ai/core";
import { Button } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { useTool } from "@/ui/use-tool.ts";
import { When } from "@/ui/when.tsx";

type Session = Output<"list_sessions">["sessions"][number];

export function SessionList({ sessions }: { sessions: Session[] }) {
  const { run, formError } = useTool("sign_out_everywhere");
  async function leave(): Promise<boolean> {
    if (!(await run({}))) return false;
    const { signOut } = await import("next-auth/react");
    await signOut({ callbackUrl: "/login" });
    return true;
  }
  return (
    <>
      <ul className="mb-5 divide-y divide-line">
        {sessions.map(({ id, ip, signedInAt, lastSeenAt, current }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-3">
            <span className="break-all font-medium">
              {ip ?? "An address that was not kept"}
              {current && <span className="text-accent"> · this browser</span>}
            </span>
            <span className="text-sm text-soft">
              signed in <When at={signedInAt} />, last used <When at={lastSeenAt} />
            </span>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        trigger={<Button variant="danger">Sign out everywhere</Button>}
        title="Sign out everywhere?"
        confirm="Sign out"
        danger
        error={formError}
        onConfirm={leave}
      >
        Every browser, every idToken and every connected app of this account ends at once, this browser too.
        API keys go on working.
      </ConfirmDialog>
    </>
  );
}
