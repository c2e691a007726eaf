import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { inside, NOTHING_HIDDEN, phonePhoto } from "../../test/pictures.ts";
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

test("the original of a picture is for its uploader and admins; the task's agent gets the clean one", async () => {
  const came = await phonePhoto();
  const { id: fileId } = await w.core.call(human, "upload_file", { name: "shop.jpg", bytes: came });
  const taskId = await taskAt(w, "assigned", agent, human);
  await act(w.core, human, "submit_proof", { taskId, text: "Done.", fileIds: [fileId] });
  const clean = await download(agent, fileId);
  expect((await inside(clean.bytes)).hidden).toEqual(NOTHING_HIDDEN);
  const original = (actor: Actor) => w.core.call(actor, "download_file", { fileId, original: true });
  for (const actor of [human, w.admin]) {
    const got = await original(actor);
    expect(Buffer.from(got.bytes)).toEqual(came);
    expect(got).toMatchObject({ type: "image/jpeg", size: came.length });
    expect(got.sha256).not.toBe(clean.sha256);
  }
  await refused("FORBIDDEN", original(agent));
  for (const actor of [await w.agent(), await w.human()]) await refused("FILE_NOT_FOUND", original(actor));
});

test("what is no picture is its own original, for whoever may see it", async () => {
  const fileId = await upload(human);
  const got = await w.core.call(human, "download_file", { fileId, original: true });
  expect(Buffer.from(got.bytes)).toEqual(bytes);
});

testDeclared("download_file");
