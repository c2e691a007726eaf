/** The edge of the network that webhooks go out by. The host gives it; core decides what is sent and when. */

export interface WebhookRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What an endpoint answered (the beginning of its body, and its Retry-After), or why there is no answer. */
export type WebhookAnswer =
  | { status: number; body: string; retryAfter: string | null }
  | { status: null; error: string };

/**
 * Sends one POST and never throws: it follows no redirect, reaches only what it may, and answers within
 * WEBHOOK_TIMEOUT_MS, or as soon as the signal aborts it.
 */
export type WebhookSender = (request: WebhookRequest, signal: AbortSignal) => Promise<WebhookAnswer>;

export const WEBHOOK_TIMEOUT_MS = 15_000;
