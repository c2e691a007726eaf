/** The demo's tasks and how far each has come. */

import type { Input } from "./call.ts";

const DAY = 86_400_000;

export type DemoStage =
  | "posted"
  | "applied"
  | "assigned"
  | "submitted"
  | "completed"
  | "rejected"
  | "disputed";

export type DemoTask = Input<"create_task"> & { until: DemoStage };

export function demoTasks(now: Date): DemoTask[] {
  const inDays = (n: number) => new Date(now.getTime() + n * DAY).toISOString();
  return [
    {
      title: "Record the opening hours of 12 pharmacies in Lisbon",
      description:
        "Walk the list of 12 pharmacies in Alfama and Baixa, photograph the hours on each door, and note holidays.",
      category: "information_verification",
      budget: 60,
      deadline: inDays(6),
      urgency: "medium",
      location: "Lisbon, Portugal",
      requirements: ["A photo of each door", "Hours for every weekday", "Holiday closures noted"],
      skillsRequired: ["local_knowledge"],
      until: "completed",
    },
    {
      title: "Check shelf prices of oat milk in 5 Berlin supermarkets",
      description:
        "Visit five supermarkets of different chains and note brand, size and shelf price of every oat milk.",
      category: "mystery_shopping",
      budget: 45,
      deadline: inDays(4),
      urgency: "high",
      location: "Berlin, Germany",
      requirements: ["Five different chains", "One photo per shelf"],
      until: "disputed",
    },
    {
      title: "Proofread a product page in Brazilian Portuguese",
      description:
        "About 600 words. Mend mistakes and anything that sounds machine-made; keep the tone friendly.",
      category: "translation",
      budget: 25,
      deadline: inDays(3),
      urgency: "low",
      remote: true,
      skillsRequired: ["portuguese", "proofreading"],
      autoApprove: true,
      until: "submitted",
    },
    {
      title: "Pick up a parcel in Shibuya and post it abroad",
      description:
        "A small parcel waits at a shop counter near the station. Collect it and send it by tracked post.",
      category: "package_pickup",
      budget: 35,
      deadline: inDays(8),
      urgency: "medium",
      location: "Shibuya, Tokyo, Japan",
      requirements: ["Photo of the parcel", "Tracking number"],
      until: "assigned",
    },
    {
      title: "Sit in on a public planning meeting and take notes",
      description:
        "The council meets on Thursday evening, about two hours. Plain notes: who asked for what, what was decided.",
      category: "event_attendance",
      budget: 80,
      deadline: inDays(10),
      urgency: "medium",
      location: "Austin, Texas, USA",
      requirements: ["Notes of at least one page", "Names of the speakers"],
      until: "applied",
    },
    {
      title: "Call 20 bakeries and ask whether they deliver on Sundays",
      description:
        "Numbers and a short script are provided. Note the answer and the name of who you spoke to.",
      category: "phone_calls",
      budget: 40,
      deadline: inDays(5),
      urgency: "high",
      remote: true,
      skillsRequired: ["french"],
      until: "applied",
    },
    {
      title: "Photograph street art in Valparaíso for a walking guide",
      description: "Twenty murals on two hills, each with a close-up, a wide shot and the nearest address.",
      category: "photography",
      budget: 150,
      deadline: inDays(14),
      urgency: "low",
      location: "Valparaíso, Chile",
      requirements: ["20 murals", "Two photos each", "Nearest address"],
      skillsRequired: ["photography"],
      until: "posted",
    },
    {
      title: "Label 300 images of road signs",
      description:
        "Draw a box around each sign and choose its kind from a list of 14. A browser tool is provided.",
      category: "data_labeling",
      budget: 90,
      deadline: inDays(7),
      urgency: "medium",
      remote: true,
      until: "posted",
    },
    {
      title: "Review a small contract clause for plain language",
      description:
        "One page, English. Say what a layperson would misread, and offer clearer words. No legal advice needed.",
      category: "expert_review",
      budget: 120,
      deadline: inDays(5),
      urgency: "medium",
      remote: true,
      skillsRequired: ["plain_language"],
      until: "rejected",
    },
    {
      title: "Survey 40 shop fronts along Queen Street for a retail study",
      description:
        "A week of field work: note use, vacancy, width and opening hours of each front, with one photo each.",
      category: "field_operations",
      budget: 6500,
      deadline: inDays(30),
      urgency: "medium",
      location: "Auckland, New Zealand",
      requirements: ["40 fronts", "One photo each", "Spreadsheet"],
      until: "posted",
    },
  ];
}
