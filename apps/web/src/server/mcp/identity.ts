/** Who this server says it is. */
export const IDENTITY = { name: "humans2ai", title: "Humans2AI", version: "1.0.0" };

/** The protocol revisions that are served, the newest first. */
export const REVISIONS = ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"];
