import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { FILE } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";
import type { Actor } from "../context.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const bytes = Buffer.from("three shops");
const upload = async (actor: Actor) =>
  (await w.core.call(actor, "upload_file", { name: "list.txt", bytes })).id;
const download = (actor: Actor, fileId: string) => w.core.call(actor, "download_file", { fileId });

testDoor(w, "download_file", {
  may: ["human", "agent", "admin"],
  permission: "tasks:read",
  input: { fileId: "file_none" },
  required: ["fileId"],
});

test("gives a file to who uploaded it, and from the proof on to the task's agent", async () => {
  const fileId = await upload(human);
  const got = await download(human, fileId);
  expect(fieldsOf(got)).toEqual([...FILE, "bytes"].sort());
  expect(Buffer.from(got.bytes)).toEqual(bytes);
  await refused("FILE_NOT_FOUND", download(agent, fileId));
  const taskId = await taskAt(w, "assigned", agent, human);
  await act(w.core, human, "submit_proof", { taskId, text: "Done.", fileIds: [fileId] });
  for (const actor of [agent, w.admin]) expect((await download(actor, fileId)).id).toBe(fileId);
});

test("gives it to nobody else, not even the next human of the task", async () => {
  const fileId = await upload(human);
  const taskId = await taskAt(w, "assigned", agent, human);
  await act(w.core, human, "submit_proof", { taskId, text: "Done.", fileIds: [fileId] });
  for (const actor of [await w.agent(), await w.human()])
    await refused("FILE_NOT_FOUND", download(actor, fileId));
  await refused("FILE_NOT_FOUND", download(human, "file_none"));
});

testDeclared("download_file");
