import { Send } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { pageOf, type Query } from "@/server/query.ts";
import { read, readOr404 } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Empty } from "@/ui/empty.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pager } from "@/ui/pager.tsx";
import { Badge } from "@/ui/status-badge.tsx";
import { When } from "@/ui/when.tsx";
import { EventTypes } from "../event-types.tsx";
import { fingerprint, standing, type Webhook, whyDisabled } from "../standing.ts";
import { DeliveryList } from "./delivery-list.tsx";
import { LiveDeliveries } from "./live-deliveries.tsx";
import { WebhookButtons } from "./webhook-buttons.tsx";

export const dynamic = "force-dynamic";
export const metadata = { title: "Webhook" };

export default async function WebhookPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Query;
}) {
  await requireRole("agent");
  const { id } = await params;
  const page = pageOf((await searchParams).page);
  const [{ webhooks }, { deliveries, pagination }] = await Promise.all([
    read("list_webhooks", {}),
    readOr404("list_deliveries", { webhookId: id, page, limit: 20 }),
  ]);
  const webhook = webhooks.find((w) => w.id === id);
  if (!webhook) notFound();
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        above={
          <Link href="/agent/webhooks" className="text-soft underline underline-offset-4 hover:text-ink">
            Webhooks
          </Link>
        }
        title={<span className="text-xl [overflow-wrap:anywhere] sm:text-3xl">{webhook.url}</span>}
        intro={webhook.description}
        actions={<WebhookButtons webhookId={id} enabled={webhook.enabled} />}
      />
      <Standing webhook={webhook} />
      <h2 className="display mt-10 mb-4 text-2xl">Deliveries</h2>
      {deliveries.length === 0 ? (
        <Empty icon={Send} title="Nothing was sent yet">
          Send a test, or wait until something happens to one of your tasks.
        </Empty>
      ) : (
        <DeliveryList deliveries={deliveries} enabled={webhook.enabled} />
      )}
      <Pager pagination={pagination} href={(n) => `/agent/webhooks/${id}?page=${n}`} />
      <LiveDeliveries webhookId={id} seen={fingerprint(deliveries)} page={page} />
    </div>
  );
}

function Standing({ webhook }: { webhook: Webhook }) {
  const { disabledReason, failingSince, previousSecretUntil } = webhook;
  return (
    <div className="grid gap-2">
      <Badge {...standing(webhook)} />
      {disabledReason && <p>{whyDisabled[disabledReason]}</p>}
      {webhook.enabled && failingSince && (
        <p>
          Every attempt has failed since <When at={failingSince} />. After five days it is disabled.
        </p>
      )}
      {previousSecretUntil && (
        <p>
          The secret was replaced. The old one signs too for another{" "}
          <When at={previousSecretUntil} suffix={false} />.
        </p>
      )}
      <EventTypes events={webhook.events} />
    </div>
  );
}
