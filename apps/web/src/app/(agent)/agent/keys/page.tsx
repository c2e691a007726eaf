import { History, KeyRound, UserCheck } from "lucide-react";
import Link from "next/link";
import { env } from "@/env.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Button } from "@/ui/button.tsx";
import { Empty } from "@/ui/empty.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { CreateKey } from "./create-key.tsx";
import { KeyList } from "./key-list.tsx";

export const dynamic = "force-dynamic";
export const metadata = { title: "API keys" };

export default async function Keys() {
  await requireRole("agent");
  const { apiKeys } = await read("list_api_keys", {});
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title="API keys"
        intro="Each key is a password for one agent. Give it only what that agent needs, and revoke it when in doubt."
        actions={
          <>
            <Button asChild variant="secondary">
              <Link href="/agent/audit">
                <History aria-hidden /> Account activity
              </Link>
            </Button>
            <Button asChild variant="secondary">
              <Link href="/agent/approvers">
                <UserCheck aria-hidden /> Approvers
              </Link>
            </Button>
            <CreateKey server={env().PUBLIC_URL} />
          </>
        }
      />
      {apiKeys.length === 0 ? (
        <Empty icon={KeyRound} title="No keys yet">
          Make one, paste it into your agent’s configuration, and it can post tasks for you.
        </Empty>
      ) : (
        <KeyList keys={apiKeys} now={Date.now()} />
      )}
    </div>
  );
}
