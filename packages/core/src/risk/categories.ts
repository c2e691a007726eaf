/** What each category is called, and what a refused author can change. */

import type { Category } from "./model.ts";

interface Row {
  name: string;
  /** To a task's author. */
  advice: string;
  /** What a model is told that the category holds. */
  scope: string;
}

export const categories: Record<Category, Row> = {
  illegal_goods: {
    name: "illegal goods",
    advice: "remove anything about drugs, counterfeit, stolen or smuggled goods.",
    scope:
      "buying, selling, carrying drugs, prescription medicine without one, counterfeit, stolen or smuggled goods",
  },
  violence_weapons: {
    name: "violence and weapons",
    advice: "this marketplace takes no task that involves weapons, threats, damage or hurting anyone.",
    scope: "hurting, threatening or killing, damaging property, getting or making weapons or explosives",
  },
  sexual_services: {
    name: "sexual services",
    advice: "remove what asks for sexual, erotic or intimate services or pictures.",
    scope: "sexual services or intimate pictures, sold or bought",
  },
  account_fraud: {
    name: "credential or account fraud",
    advice:
      "never ask for somebody's password, code or account; let people sign in to their own accounts only.",
    scope: "getting credentials or codes, phishing, hacking, buying, selling or lending accounts",
  },
  fake_reviews: {
    name: "fake reviews and engagement",
    advice: "ask for an honest opinion instead of a review, vote or follower with a given result.",
    scope:
      "reviews by people who did not use the thing or with a given rating, bought likes, followers, votes",
  },
  identity_misuse: {
    name: "identity-document misuse",
    advice:
      "remove what changes, copies, lends or invents a document, or has somebody act under another's name.",
    scope:
      "forged or altered documents, lent or bought identity documents, acting or sitting exams as another",
  },
  harassment: {
    name: "harassment",
    advice: "remove what insults, scares, shames or pesters a person.",
    scope: "insulting, shaming, pestering, mobbing or mass-reporting a person",
  },
  doxxing: {
    name: "doxxing and surveillance of a person",
    advice: "people here do not follow, watch, identify or find private persons.",
    scope: "finding, following, watching, identifying or exposing a private person without consent",
  },
  verification_evasion: {
    name: "evasion of verification",
    advice: "people here do not solve CAPTCHAs, pass identity checks or receive codes for others.",
    scope:
      "solving CAPTCHAs, passing KYC, receiving SMS codes, making or lending accounts to get past a platform",
  },
  money_mule: {
    name: "money muling",
    advice:
      "remove what has people receive, forward, withdraw or disguise money, gift cards or parcels for others.",
    scope:
      "receiving and forwarding money or parcels of others, gift-card cash-out, opening bank accounts for others, laundering",
  },
};
