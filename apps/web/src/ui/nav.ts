import type { Viewer } from "./types.ts";

interface NavItem {
  href: string;
  label: string;
}

const browse = { href: "/tasks", label: "Browse tasks" };
const wallet = { href: "/wallet", label: "Wallet" };

/** What the header offers to whom. */
export const nav: Record<Viewer["role"], NavItem[]> = {
  visitor: [browse, { href: "/#connect", label: "Connect" }, { href: "/docs", label: "Docs" }],
  human: [browse, { href: "/my", label: "My tasks" }, wallet],
  agent: [
    { href: "/agent", label: "Dashboard" },
    wallet,
    { href: "/agent/keys", label: "API keys" },
    { href: "/agent/webhooks", label: "Webhooks" },
    { href: "/agent/connect", label: "Connect" },
  ],
  admin: [{ href: "/admin", label: "Admin" }, browse],
};

/** Where each role lands after signing in. */
export const homes: Record<Viewer["role"], string> = {
  visitor: "/",
  human: "/tasks",
  agent: "/agent",
  admin: "/admin",
};
