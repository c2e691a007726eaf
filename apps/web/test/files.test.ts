import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { expectRefusal, type Person, startApi } from "./api.ts";
import { SECRET } from "./database.ts";
import { rawRequest } from "./raw.ts";

const MB = 1024 * 1024;
/** One pixel, with a comment in it: tEXt "Comment: Mallory was here". */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAGHRFWHRDb21tZW50AE1hbGxvcnkgd2FzIGhlcmV4JoSKAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const api = await startApi({ MAX_FILE_MB: "1" });
const [human, other] = await Promise.all([api.human(), api.human()]);

function form(bytes: string | Uint8Array, name = "photo.png", field = "file", type = "image/png") {
  const data = new FormData();
  data.append(field, new Blob([bytes as Uint8Array<ArrayBuffer>], { type }), name);
  return data;
}
const upload = (body: unknown, as: Person | string | null = human) =>
  api.send("/api/v1/files", { method: "POST", body, ...(as ? { as } : {}) });
const fileOf = async (bytes: string | Uint8Array, name?: string): Promise<string> =>
  (await upload(form(bytes, name))).body.result.id;
const get = (id: string, as: Person = human) => fetch(`${api.url}/api/v1/files/${id}`, bearer(as));
const bearer = ({ token }: Person) => ({ headers: { authorization: `Bearer ${token}` } });

test("an image goes up, and comes down without what was hidden in it", async () => {
  const { status, body } = await upload(form(PNG));
  expect(status).toBe(201);
  expect(body).toEqual({
    result: expect.objectContaining({ name: "photo.png", type: "image/png", size: expect.any(Number) }),
    error: null,
  });
  const down = await get(body.result.id);
  expect(down.status).toBe(200);
  const shown = Buffer.from(await down.arrayBuffer());
  expect(PNG.includes("Mallory")).toBe(true);
  expect(shown.includes("Mallory")).toBe(false);
  expect(shown.subarray(0, 4)).toEqual(PNG.subarray(0, 4));
  expect(shown).toHaveLength(body.result.size);
  expect(Object.fromEntries(down.headers)).toMatchObject({
    "content-type": "image/png",
    "content-disposition": "inline; filename*=UTF-8''photo.png",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-store",
  });
});

test("its uploader gets it as it came on demand, to keep, and nobody else does", async () => {
  const id = await fileOf(PNG);
  const original = (as: Person) => fetch(`${api.url}/api/v1/files/${id}?original=1`, bearer(as));
  const own = await original(human);
  expect(Buffer.from(await own.arrayBuffer())).toEqual(PNG);
  expect(own.headers.get("content-disposition")).toMatch(/^attachment; /);
  expect((await original(other)).status).toBe(404);
});

test.each([
  ["a PDF", "%PDF-1.7\n%\u00e2\u00e3"],
  ["an archive", Buffer.from("504b030414000000000000000000", "hex")],
])("%s is only ever downloaded", async (_, bytes) => {
  const down = await get(await fileOf(bytes, "proof"));
  expect(down.status).toBe(200);
  expect(down.headers.get("content-disposition")).toMatch(/^attachment; /);
});

test("text is only ever downloaded", async () => {
  const text = await get(await fileOf("just <b>text</b>", "notes.html"));
  expect(text.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(text.headers.get("content-disposition")).toMatch(/^attachment; /);
});

test.each([
  ["HTML named .png", "<!doctype html><html><script>alert(1)</script></html>\u0000", "x.png"],
  ["SVG", '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "x.svg"],
  ["an executable", Buffer.from("7f454c4602010100000000000000000002003e00", "hex"), "photo.jpg"],
  ["noise", Buffer.from([0, 255, 254, 1, 2, 3]), "photo.jpg"],
])("refuses %s, whatever it is called", async (_, bytes, name) => {
  expectRefusal(await upload(form(bytes, name)), 415, "FILE_TYPE_REFUSED", /not accepted. Send an image/);
});

test("a picture that is broken is a 400 that says what to do, and nothing is kept", async () => {
  const [before] = await api.sql`select count(*)::int as files from file`;
  expectRefusal(await upload(form(PNG.subarray(0, 60))), 400, "IMAGE_UNREADABLE", /broken or was cut off/);
  expect(await api.sql`select count(*)::int as files from file`).toEqual([before]);
});

test("refuses what is empty, missing, elsewhere or no form", async () => {
  expectRefusal(await upload(form("")), 400, "VALIDATION_ERROR", "file: is empty");
  expectRefusal(await upload(new FormData()), 400, "VALIDATION_ERROR", /^file: /);
  expectRefusal(await upload(form(PNG, "a.png", "photo")), 400, "VALIDATION_ERROR", /a field named file/);
  const words = new FormData();
  words.append("file", "not a file");
  expectRefusal(await upload(words), 400, "VALIDATION_ERROR", /a field named file/);
  expectRefusal(await upload({ file: "x" }), 400, "VALIDATION_ERROR", /multipart/);
  expectRefusal(await api.send("/api/v1/files", { method: "POST", as: human }), 400, "VALIDATION_ERROR");
});

test.each(["", "; boundary=", "; boundary=x", `; boundary=${"b".repeat(5000)}`])(
  "refuses a broken form (%j)",
  async (boundary) => {
    const headers = { "content-type": `multipart/form-data${boundary}` };
    for (const body of ["garbage", "--x\r\nContent-Disposition: form-data; name=file; filename=a\r\n"]) {
      const answer = await api.send("/api/v1/files", { body, as: human, headers });
      expectRefusal(answer, 400, "VALIDATION_ERROR", /^file: the multipart body could not be read/);
    }
  },
);

test("refuses what is too large by its content-length, before it is sent", async () => {
  const head = `authorization: Bearer ${human.token}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: ${50 * MB}`;
  const reply = await rawRequest(api.port, `POST /api/v1/files HTTP/1.1\r\nhost: x\r\n${head}\r\n\r\n--x`);
  expect(reply).toMatch(/^HTTP\/1\.1 413 /);
  expect(reply).toContain('"code":"FILE_TOO_LARGE","message":"The file is larger than 1 MB."');
});

test("refuses what turns out too large without a length, and the next request is served", async () => {
  for (const size of [MB + 1, 2 * MB, 8 * MB]) {
    const chunk = new Uint8Array(64 * 1024).fill(97);
    let left = size;
    const begin = Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n');
    const body = new ReadableStream<Uint8Array>({
      start: (c) => c.enqueue(begin),
      pull(c) {
        if (left <= 0) {
          c.enqueue(Buffer.from("\r\n--x--\r\n"));
          return c.close();
        }
        c.enqueue(chunk.subarray(0, Math.min(left, chunk.length)));
        left -= chunk.length;
      },
    });
    const headers = { ...bearer(human).headers, "content-type": "multipart/form-data; boundary=x" };
    const sent = { method: "POST", headers, body, duplex: "half" } as RequestInit;
    const reply = await fetch(`${api.url}/api/v1/files`, sent);
    expect([size, reply.status]).toEqual([size, 413]);
    expect((await reply.json()).error.code).toBe("FILE_TOO_LARGE");
  }
  expect((await upload(form(PNG))).status).toBe(201);
});

test("a stranger's file is not found, and neither is one without a credential", async () => {
  const id = await fileOf(PNG);
  expect((await get(id, other)).status).toBe(404);
  expectRefusal(await upload(form(PNG), null), 401, "UNAUTHORIZED", "Sign in first.");
  expectRefusal(await api.send(`/api/v1/files/${id}`), 401, "UNAUTHORIZED");
  expectRefusal(await upload(form(PNG), "sk_live_wrong"), 401, "UNAUTHORIZED");
});

test("a browser's session fetches and sends files; broken cookies are no session, and no fault", async () => {
  const session = await encode({ token: { sub: human.id, sid: human.sessionId }, secret: SECRET });
  const cookie = (value: string) => ({ headers: { cookie: value } });
  const up = await api.send("/api/v1/files", {
    body: form(PNG),
    ...cookie(`theme=%E0%A4%A; next-auth.session-token=${session}`),
  });
  expect(up.status).toBe(201);
  const path = `/api/v1/files/${up.body.result.id}`;
  expect((await api.send(path, cookie(`next-auth.session-token=${session}`))).status).toBe(200);
  for (const bad of ["%", "next-auth.session-token=%E0%A4%A", "next-auth.session-token=abc", "=;=;;", "a"]) {
    expectRefusal(await api.send(path, cookie(bad)), 401, "UNAUTHORIZED", "Sign in first.");
  }
  const older = await encode({ token: { sub: human.id }, secret: SECRET });
  const foreign = await encode({ token: { sub: other.id, sid: human.sessionId }, secret: SECRET });
  for (const bad of [older, foreign]) {
    expectRefusal(await api.send(path, cookie(`next-auth.session-token=${bad}`)), 401, "UNAUTHORIZED");
  }
});

test.each([
  "..%2f..%2fetc%2fpasswd",
  "..%5c..%5cx",
  "file_%00",
  "file_'%20or%20'1",
  "%ff",
  "%zz",
  "x".repeat(64),
])("the address files/%s leads nowhere", async (id) =>
  expectRefusal(await api.send(`/api/v1/files/${id}`, { as: human }), 404, "FILE_NOT_FOUND"),
);

test.each([
  ["../../etc/passwd.png", ".._.._etc_passwd.png"],
  ["..\\..\\boot.png", ".._.._boot.png"],
  ["写真 ☕.png", "写真 ☕.png"],
  ['a"; filename=evil.exe; x="', 'a"; filename=evil.exe; x="'],
  ["a\r\nset-cookie: x=1\r\n\r\n<h1>", "a__set-cookie: x=1____<h1>"],
  ["annexe\u202Egnp.exe", "annexe_gnp.exe"],
  ["it's (1)*.png", "it's (1)*.png"],
  ["%2e%2e%2fx.png", "%2e%2e%2fx.png"],
])("the name %j is harmless", async (given, kept) => {
  const { status, body } = await upload(form(PNG, given));
  expect(status).toBe(201);
  expect(body.result.name).toBe(kept);
  const down = await get(body.result.id);
  expect(down.headers.get("set-cookie")).toBeNull();
  const disposition = down.headers.get("content-disposition") ?? "";
  expect(disposition).toMatch(/^inline; filename\*=UTF-8''[\w.%~!#$&+^`|-]+$/);
  expect(decodeURIComponent(disposition.split("''")[1] ?? "")).toBe(kept);
});

test("a name that is too long is refused", async () => {
  expectRefusal(await upload(form(PNG, `${"x".repeat(300)}.png`)), 400, "VALIDATION_ERROR", /^name: /);
});

test("HEAD tells of a file without its bytes", async () => {
  const id = await fileOf(PNG);
  const head = await fetch(`${api.url}/api/v1/files/${id}`, { method: "HEAD", ...bearer(human) });
  expect([head.status, await head.text()]).toEqual([200, ""]);
});
