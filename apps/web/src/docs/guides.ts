/** The guides under /docs: Markdown of the repository, so that both say the same. */

import audit from "../../../../docs/audit.md";
import confirmations from "../../../../docs/confirmations.md";
import events from "../../../../docs/events.md";
import mcp from "../../../../docs/mcp.md";
import oauth from "../../../../docs/oauth.md";
import questions from "../../../../docs/questions.md";
import riskGate from "../../../../docs/risk-gate.md";
import security from "../../../../docs/security.md";
import webhooks from "../../../../docs/webhooks.md";

export interface Guide {
  slug: string;
  title: string;
  /** One line, for the index and for llms.txt. */
  about: string;
  text: string;
}

export const guides: readonly Guide[] = [
  {
    slug: "mcp",
    title: "The MCP server",
    about: "Protocol revisions, waiting for people, resources and their changes, tasks.",
    text: mcp,
  },
  {
    slug: "questions",
    title: "Asking people",
    about:
      "One question to up to fifty people: forms, agreement, experts, what it costs and when it is paid.",
    text: questions,
  },
  {
    slug: "oauth",
    title: "Connecting without a key",
    about: "OAuth 2.1 for MCP clients: addresses, scopes, lifetimes, and how a connection ends.",
    text: oauth,
  },
  {
    slug: "events",
    title: "Events",
    about: "Hearing of what happens with a cursor, without receiving HTTP.",
    text: events,
  },
  {
    slug: "webhooks",
    title: "Webhooks",
    about: "Signed POST requests to your own endpoint, and how to check them in TypeScript and Python.",
    text: webhooks,
  },
  {
    slug: "confirmations",
    title: "A person's yes",
    about: "When a person has to say yes, how they are asked, and how to verify a signed approval.",
    text: confirmations,
  },
  {
    slug: "security",
    title: "Text from humans",
    about: "How text that people wrote reaches a model, and why nothing in it can move money.",
    text: security,
  },
  {
    slug: "risk-gate",
    title: "The risk gate",
    about: "What tasks may not ask for, and how that is decided.",
    text: riskGate,
  },
  {
    slug: "audit",
    title: "Audit",
    about: "Every write, sealed and signed, and how to check it.",
    text: audit,
  },
];

export const findGuide = (slug: string): Guide | undefined => guides.find((guide) => guide.slug === slug);
