import { Webhook as WebhookIcon } from "lucide-react";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Empty } from "@/ui/empty.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { CreateWebhook } from "./create-webhook.tsx";
import { WebhookList } from "./webhook-list.tsx";

export const dynamic = "force-dynamic";
export const metadata = { title: "Webhooks" };

export default async function Webhooks() {
  await requireRole("agent");
  const { webhooks } = await read("list_webhooks", {});
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title="Webhooks"
        intro="What happens to your tasks, sent to your own endpoint within about a second, signed."
        actions={<CreateWebhook />}
      />
      {webhooks.length === 0 ? (
        <Empty icon={WebhookIcon} title="No webhooks yet">
          Name an https endpoint, and your agent hears of applications, messages and proofs without asking.
        </Empty>
      ) : (
        <WebhookList webhooks={webhooks} />
      )}
    </div>
  );
}
