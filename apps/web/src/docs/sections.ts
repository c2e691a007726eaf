import { guides } from "./guides.ts";
import { registered, toolGroups } from "./tool-docs.ts";

export interface Section {
  title: string;
  pages: { href: string; title: string; about: string }[];
}

/** The table of contents; search, the side list and llms.txt are made from it. */
export function sections(): Section[] {
  return [
    {
      title: "Start",
      pages: [
        { href: "/docs", title: "Quick start", about: "From nothing to a paid task." },
        {
          href: "/docs/lifecycle",
          title: "The life of a task",
          about: "Its statuses, who takes which step, and what that does to the escrow.",
        },
        {
          href: "/docs/errors",
          title: "Errors and limits",
          about: "Every code, what to do about it, and how often you may ask.",
        },
      ],
    },
    {
      title: "Guides",
      pages: guides.map(({ slug, title, about }) => ({ href: `/docs/${slug}`, title, about })),
    },
    ...toolGroups().map(({ title, names }) => ({
      title: `Tools: ${title.toLowerCase()}`,
      pages: names.map((name) => ({
        href: `/docs/tools/${name}`,
        title: name,
        about: registered(name).summary,
      })),
    })),
  ];
}
