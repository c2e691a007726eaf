import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Card, CardTitle } from "@/ui/card.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { AppList } from "./app-list.tsx";
import { EmailState } from "./email-state.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SessionList } from "./session-list.tsx";

export const dynamic = "force-dynamic";
export const metadata = { title: "Account" };

export default async function Account() {
  const { role } = await requireRole("agent", "human", "admin");
  const [{ user }, { sessions }, connected] = await Promise.all([
    read("get_account", {}),
    read("list_sessions", {}),
    role === "agent" ? read("list_apps", {}) : null,
  ]);
  return (
    <div className="page max-w-3xl py-8 sm:py-12">
      <PageHeader title="Account" intro={user.displayName} />
      <div className="flex flex-col gap-6">
        <Card aria-labelledby="email">
          <CardTitle id="email">Email</CardTitle>
          <EmailState email={user.email} verified={user.emailVerified} />
        </Card>
        <Card aria-labelledby="password">
          <CardTitle id="password">Password</CardTitle>
          <PasswordForm email={user.email} />
        </Card>
        <Card aria-labelledby="sessions">
          <CardTitle id="sessions">Where you are signed in</CardTitle>
          <SessionList sessions={sessions} />
        </Card>
        {connected && (
          <Card aria-labelledby="apps">
            <CardTitle id="apps">Connected apps</CardTitle>
            <AppList apps={connected.apps} />
          </Card>
        )}
      </div>
    </div>
  );
}
