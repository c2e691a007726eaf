import Link from "next/link";
import { Badge } from "@/ui/status-badge.tsx";
import { When } from "@/ui/when.tsx";
import { type Delivery, deliveryStanding } from "../standing.ts";
import { Redeliver } from "./redeliver.tsx";

export const DeliveryList = ({ deliveries, enabled }: { deliveries: Delivery[]; enabled: boolean }) => (
  <ul className="divide-y divide-line rounded-card border border-line bg-sheet shadow-sheet">
    {deliveries.map((delivery) => (
      <li
        key={delivery.id}
        className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4 p-5 sm:px-6"
      >
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 id={`${delivery.id}-type`} className="font-mono font-semibold text-sm">
              {delivery.type}
            </h3>
            <Badge {...deliveryStanding(delivery)} />
          </div>
          <p className="mt-1 font-mono text-soft text-xs [overflow-wrap:anywhere]">{delivery.eventId}</p>
          {delivery.taskId && (
            <p className="mt-1 text-sm">
              <Link href={`/agent/tasks/${delivery.taskId}`} className="underline underline-offset-4">
                The task
              </Link>
            </p>
          )}
          {delivery.error && <p className="mt-2 text-sm [overflow-wrap:anywhere]">{delivery.error}</p>}
          {delivery.response && <Answer text={delivery.response} />}
        </div>
        <Facts delivery={delivery} />
        {enabled && (
          <Redeliver
            webhookId={delivery.webhookId}
            deliveryId={delivery.id}
            describedBy={`${delivery.id}-type`}
          />
        )}
      </li>
    ))}
  </ul>
);

const Answer = ({ text }: { text: string }) => (
  <details className="mt-2 text-sm">
    <summary className="w-fit cursor-pointer py-1.5 text-soft">What the endpoint answered</summary>
    <pre className="mt-1 max-h-48 overflow-y-auto whitespace-pre-wrap rounded-control bg-sunk p-3 font-mono text-xs [overflow-wrap:anywhere]">
      {text}
    </pre>
  </details>
);

function Facts({ delivery }: { delivery: Delivery }) {
  const { httpStatus, durationMs, attempts, lastAttemptAt, nextAttemptAt, createdAt } = delivery;
  const facts = [
    ["Happened", <When key="at" at={createdAt} />],
    ["Attempts", attempts],
    ["Answer", httpStatus],
    ["Took", durationMs === null ? null : `${durationMs} ms`],
    ["Last try", lastAttemptAt && <When key="last" at={lastAttemptAt} />],
    ["Next try", attempts > 0 && nextAttemptAt && <When key="next" at={nextAttemptAt} />],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-1 text-sm">
      {facts
        .filter(([, value]) => value !== null && value !== false)
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
