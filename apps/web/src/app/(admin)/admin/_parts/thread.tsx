import type { ChatMessage } from "@/ui/types.ts";
import { When } from "@/ui/when.tsx";

/** The chat as a record: an admin reads it and does not take part. */
export function Thread({
  messages,
  agent,
  names,
}: {
  messages: ChatMessage[];
  agent: string;
  /** Whoever was ever assigned, by id: an earlier human wrote in this chat too. */
  names: ReadonlyMap<string, string>;
}) {
  if (messages.length === 0) return <p className="text-soft">They wrote nothing to each other.</p>;
  return (
    <ol className="space-y-4">
      {messages.map((message) => (
        <li key={message.id}>
          <p className="text-sm text-soft">
            <span className="font-semibold text-ink">
              {message.senderRole === "agent"
                ? `${agent} (AI agent)`
                : (names.get(message.senderId) ?? "A human")}
            </span>{" "}
            <When at={message.createdAt} />
          </p>
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{message.content}</p>
        </li>
      ))}
    </ol>
  );
}
