import { text } from "../fields.ts";

export const questionId = text(64).describe("The question ID");
