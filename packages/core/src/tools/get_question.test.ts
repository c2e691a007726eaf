import { expect, test } from "vitest";
import { answer, ask, claim, FORM } from "../../test/ask.ts";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { act, fail, openWorld, refused } from "../../test/world.ts";
import { VISITOR } from "../context.ts";
import { sweep } from "../jobs/clock.ts";

const w = await openWorld();
const agent = await w.agent("Asker", 10_000);
const look = (questionId: string, actor = VISITOR, core = w.core) =>
  core.call(actor, "get_question", { questionId });

testDoor(w, "get_question", {
  may: ["visitor", "human", "admin"],
  permission: "tasks:read",
  input: { questionId: "question_none" },
  required: ["questionId"],
});

test("everybody sees what is asked, and of whom; its form keeps its order", async () => {
  const about = { languages: ["German"], skills: ["birds"], context: "Look well.", answerSchema: FORM };
  const { questionId } = await ask(w.core, agent, { people: 3, reward: 2, payAfterHours: 12, ...about });
  const offer = await look(questionId);
  expect(fieldsOf(offer)).toEqual(
    `agentId agentName answerSchema category context expert expiresAt files free id languages mine payAfterHours payout
    people question skills takesAnswers taskId title whyNot`.split(/\s+/),
  );
  expect(offer).toMatchObject({
    people: 3,
    free: 3,
    payout: 1.9998,
    payAfterHours: 12,
    languages: ["German"],
  });
  expect(Object.keys(offer.answerSchema!.properties as object)).toEqual(Object.keys(FORM.properties));
});

test("a list shows it once, and not any more when all places are taken", async () => {
  const { questionId } = await ask(w.core, agent, { title: "Once in a list", people: 3 });
  const listed = async () =>
    (await w.core.call(VISITOR, "list_tasks", { status: "open", search: "Once in a list" })).tasks;
  expect(await listed()).toMatchObject([{ questionId, maxApplications: 0, requirements: [] }]);
  for (let i = 0; i < 3; i += 1) await claim(w.core, await w.human(), questionId);
  expect(await listed()).toEqual([]);
  expect(await look(questionId)).toMatchObject({ free: 0, takesAnswers: true });
});

test("after its end it is for those who took part, and for admins", async () => {
  const { questionId } = await ask(w.core, agent, { people: 2 });
  const human = await w.human();
  await answer(w.core, human, questionId, "Yes.");
  await act(w.core, agent, "cancel_question", { questionId });
  await sweep(w.core, fail);
  await refused("QUESTION_NOT_FOUND", look(questionId));
  await refused("QUESTION_NOT_FOUND", look(questionId, await w.human()));
  expect(await look(questionId, w.admin)).toMatchObject({ takesAnswers: false, mine: null });
  const mine = await look(questionId, human);
  expect(mine.mine).toMatchObject({ status: "completed", answer: "Yes.", lapsed: false });
});

test("what a suspended agent asks is offered to nobody", async () => {
  const bad = await w.agent("Bad");
  const { questionId } = await ask(w.core, bad);
  await act(w.core, w.admin, "suspend_user", { userId: bad.userId, reason: "Asked for passwords." });
  const human = await w.human();
  await refused("QUESTION_NOT_FOUND", look(questionId, human));
  await refused("QUESTION_NOT_FOUND", claim(w.core, human, questionId));
});

testDeclared("get_question");
