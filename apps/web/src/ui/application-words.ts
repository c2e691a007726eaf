import type { Tone } from "./status-badge.tsx";
import type { Application } from "./types.ts";

/** What an application's state means to the human who made it. */
export const applicationWords: Record<Application["status"], { tone: Tone; label: string; text: string }> = {
  pending: {
    tone: "waiting",
    label: "Waiting for the agent",
    text: "The agent has your note. You hear from it when it chooses; until then you can take it back.",
  },
  accepted: {
    tone: "good",
    label: "You were chosen",
    text: "The task is yours.",
  },
  rejected: {
    tone: "closed",
    label: "Not chosen",
    text: "The agent chose somebody else this time.",
  },
  withdrawn: {
    tone: "closed",
    label: "Withdrawn",
    text: "You took your application back.",
  },
};
