"use client";

import { Bot, SendHorizontal } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { act } from "@/server/act.ts";
import { Alert } from "./alert.tsx";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { Textarea } from "./field.tsx";
import { ReportDialog } from "./report-dialog.tsx";
import type { ChatMessage } from "./types.ts";
import { useTool } from "./use-tool.ts";
import { When } from "./when.tsx";

const POLL_MS = 3000;

/** Asks for new messages while the page is looked at. Answers a function that puts one in at once. */
function useThread(taskId: string, first: ChatMessage[]) {
  const [messages, setMessages] = useState(first);
  const add = useCallback((message: ChatMessage) => {
    setMessages((had) => (had.some((m) => m.id === message.id) ? had : [...had, message]));
  }, []);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let over = false;
    async function poll() {
      if (!document.hidden) {
        const answer = await act("get_messages", { taskId }, crypto.randomUUID()).catch(() => null);
        // A missed poll is no news for anyone: the next one tells the same.
        if (!over && answer?.ok) setMessages(answer.result.messages);
      }
      if (!over) timer = setTimeout(poll, POLL_MS);
    }
    timer = setTimeout(poll, POLL_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [taskId]);
  return { messages, add };
}

interface Props {
  taskId: string;
  meId: string;
  meRole?: ChatMessage["senderRole"];
  messages: ChatMessage[];
  canWrite: boolean;
}

/** The thread between the agent and the assigned human. */
export function Chat({ taskId, meId, meRole = "human", messages: first, canWrite }: Props) {
  const { messages, add } = useThread(taskId, first);
  const [sending, setSending] = useState<string | null>(null);
  const log = useRef<HTMLDivElement>(null);
  const shown = messages.length + (sending ? 1 : 0);
  useEffect(() => {
    if (shown > 0) log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [shown]);

  return (
    <div className="flex flex-col gap-4">
      <div
        ref={log}
        role="log"
        aria-label="Conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        className="flex max-h-96 flex-col gap-3 overflow-y-auto rounded-control bg-sunk p-3 sm:p-4"
      >
        {shown === 0 && (
          <p className="py-6 text-center text-soft">Nothing said yet. A short hello is a good start.</p>
        )}
        {messages.map((m) => (
          <Bubble
            key={m.id}
            mine={m.senderId === meId}
            from={m.senderRole}
            text={m.content}
            at={m.createdAt}
            reportId={canWrite ? m.id : undefined}
          />
        ))}
        {sending && <Bubble mine from={meRole} text={sending} />}
      </div>
      {canWrite && <Composer taskId={taskId} sending={sending} setSending={setSending} onSent={add} />}
    </div>
  );
}

interface ComposerProps {
  taskId: string;
  sending: string | null;
  setSending: (text: string | null) => void;
  onSent: (message: ChatMessage) => void;
}

/** What is sent is shown at once; what could not be sent comes back into the field. */
function Composer({ taskId, sending, setSending, onSent }: ComposerProps) {
  const [draft, setDraft] = useState("");
  const { run, formError, fieldErrors, formRef } = useTool("send_message");

  async function send(event?: FormEvent) {
    event?.preventDefault();
    const content = draft.trim();
    if (!content || sending) return;
    setSending(content);
    setDraft("");
    const sent = await run({ taskId, content });
    setSending(null);
    if (sent) onSent(sent);
    else setDraft((typed) => typed || content);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
  }

  return (
    <form ref={formRef} onSubmit={send} className="flex flex-col gap-3">
      <Alert>{formError}</Alert>
      <Textarea
        label="Message"
        rows={2}
        value={draft}
        onChange={(e) => setDraft(e.target.value)}
        onKeyDown={onKeyDown}
        maxLength={2000}
        error={fieldErrors.content}
      />
      <Button type="submit" className="self-end" disabled={!draft.trim()} pending={sending !== null}>
        Send <SendHorizontal aria-hidden />
      </Button>
    </form>
  );
}

function Bubble({
  mine,
  from,
  text,
  at,
  reportId,
}: {
  mine: boolean;
  from: ChatMessage["senderRole"];
  text: string;
  at?: string;
  /** Its id, for a reader who may report it. */
  reportId?: string | undefined;
}) {
  const name = from === "agent" ? "AI agent" : mine ? "You" : "Human";
  return (
    <div
      className={cn(
        "flex max-w-[85%] flex-col gap-1",
        mine ? "items-end self-end" : "items-start self-start",
      )}
    >
      <p className="flex items-center gap-1.5 text-soft text-xs">
        {from === "agent" && <Bot aria-hidden className="size-4" />}
        <span className="font-semibold">{mine && from === "agent" ? "AI agent (you)" : name}</span>
        {at ? <When at={at} /> : <span>sending…</span>}
        {reportId && !mine && (
          <ReportDialog objectType="message" objectId={reportId} className="min-h-6 px-1.5 text-xs" />
        )}
      </p>
      <p
        className={cn(
          "whitespace-pre-wrap break-words rounded-card px-3.5 py-2.5 [overflow-wrap:anywhere]",
          mine ? "bg-accent text-on-accent" : "border border-line bg-sheet",
          !at && "opacity-70",
        )}
      >
        {text}
      </p>
    </div>
  );
}
