import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toBase64 } from "@verifier/bytes.ts";
import { leafHash, makeCheckpoint, makeJournal, makeKey, makeProof } from "@verifier/testing_journal.ts";
import { verifyVi as words } from "../../language/verify_vi.ts";
import VerifyPage from "./VerifyPage.tsx";

// A busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 });

const journal = makeJournal(7);
const proof = makeProof(journal, 3);
const code = "H41.101-261122-0002";

interface Answer {
  status: number;
  body: string;
}
let answers: Record<string, Answer>;
const asked: { path: string; headers: Record<string, string> }[] = [];

beforeEach(() => {
  asked.length = 0;
  localStorage.clear();
  answers = {
    "/api/v1/journal/keys": { status: 200, body: `${journal.key.vkey}\n` },
    "/api/v1/journal/checkpoint": { status: 200, body: makeCheckpoint(journal.key, journal.leaves) },
    "/api/v1/tracking/proof": { status: 200, body: proof },
  };
  vi.stubGlobal("fetch", async (path: string, init: { headers: Record<string, string> }) => {
    asked.push({ path, headers: init.headers });
    const answer = answers[path];
    if (!answer) throw new TypeError("no line");
    return new Response(answer.body, { status: answer.status });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function choose(content: string | Uint8Array, name = `${code}.motcua`): Promise<string> {
  const input = document.querySelector<HTMLInputElement>('input[accept*=".motcua"]')!;
  fireEvent.change(input, { target: { files: [new File([content as BlobPart], name)] } });
  await screen.findByText(`Đang xem: ${name}`);
  return verdict();
}
const verdict = async () => (await screen.findByTestId("verdict")).dataset["verdict"] ?? "";
const text = () => document.body.textContent ?? "";

function open() {
  render(<VerifyPage />);
}

describe("the page that checks proofs", () => {
  it("says of a true one what happened, when and under which head", async () => {
    open();
    expect(await choose(proof)).toBe("good");
    for (const told of [words.goodTitle, words.types.filed, code, "18:09:43 18/11/2026", "Trần Thị Hoa", "Dòng 4 của nhật ký motcua.nghean.example/H41", "Nhật ký gồm 7 dòng", words.headSame, words.keyFromHere]) {
      expect(text()).toContain(told);
    }
  });

  it("sends nothing of the file anywhere", async () => {
    open();
    await choose(proof);
    expect([...new Set(asked.map(({ path }) => path))].sort()).toEqual(["/api/v1/journal/checkpoint", "/api/v1/journal/keys"]);
  });

  it("says what is wrong and what to do", async () => {
    open();
    expect(await choose(proof.replace("type filed", "type fileD"))).toBe("not-in-tree");
    expect(text()).toContain(words.reasons["not-in-tree"].todo);
    cleanup();
    open();
    expect(await choose("hello")).toBe("malformed");
    cleanup();
    open();
    expect(await choose("%PDF-1.7\n%%EOF\n", "giay.pdf")).toBe("noProof");
    expect(text()).toContain(words.reasons.noProof.todo);
  });

  it("takes the proof out of a receipt", async () => {
    open();
    expect(await choose(`%PDF-1.7\n7 0 obj\n<< /Type /EmbeddedFile /Length ${proof.length} >>\nstream\n${proof}\nendstream\nendobj\n`, "giay.pdf")).toBe("good");
  });

  it("believes a key that the person gives more than those of the site", async () => {
    open();
    const stranger = makeKey("elsewhere.example", 3);
    expect(await choose(proof)).toBe("good");
    const own = screen.getByLabelText(words.keysOwn);
    own.focus();
    fireEvent.change(own, { target: { value: stranger.vkey } });
    await waitFor(async () => expect(await verdict()).toBe("unknown-key"));
    expect(document.activeElement).toBe(own);
    fireEvent.change(own, { target: { value: "x+y" } });
    expect(screen.getByRole("alert").textContent).toContain("Dòng 1");
    fireEvent.change(own, { target: { value: `${stranger.vkey}\n ${journal.key.vkey} \n` } });
    await waitFor(async () => expect(await verdict()).toBe("good"));
    expect(text()).toContain(words.keyFromYou);
  });

  it("works without a line, with the keys that it remembers", async () => {
    open();
    await choose(proof);
    cleanup();
    answers = {};
    open();
    expect(await choose(proof)).toBe("good");
    expect(text()).toContain(words.headUnknown);
    expect(text()).toContain("Không hỏi được máy chủ");
  });

  it("asks for a key where there is none", async () => {
    answers = {};
    open();
    expect(await choose(proof)).toBe("unknown-key");
    expect(text()).toContain(words.keysNone);
  });

  it("tells of a key that went away, until the person has seen it", async () => {
    open();
    await choose(proof);
    cleanup();
    answers["/api/v1/journal/keys"] = { status: 200, body: `${makeKey(journal.key.name, 44).vkey}\n` };
    for (let visit = 0; visit < 2; visit += 1) {
      open();
      await waitFor(() => expect(text()).toContain(journal.key.vkey));
      cleanup();
    }
  });

  it("raises the alarm when the server's journal lost or changed what was signed", async () => {
    answers["/api/v1/journal/checkpoint"]!.body = makeCheckpoint(journal.key, journal.leaves.slice(0, 5));
    open();
    expect(await choose(proof)).toBe("rolled-back");
    cleanup();
    answers["/api/v1/journal/checkpoint"]!.body = makeCheckpoint(journal.key, [...journal.leaves].reverse());
    open();
    expect(await choose(proof)).toBe("forked");
    cleanup();
    // What is not signed proves nothing against anybody.
    answers["/api/v1/journal/checkpoint"]!.body = makeCheckpoint(makeKey(journal.key.name, 5), journal.leaves.slice(0, 5));
    open();
    expect(await choose(proof)).toBe("good");
  });

  it("fetches the proof by the QR code, and compares it with the paper", async () => {
    const printed = toBase64(leafHash(journal.leaves[3]!)).replace(/\+/g, "-").replace(/\//g, "_").slice(0, 22);
    const send = (link: string) => {
      fireEvent.change(screen.getByLabelText(words.qrLabel), { target: { value: link } });
      fireEvent.click(screen.getByRole("button", { name: words.qrSubmit, hidden: true }));
    };
    open();
    send("https://example.vn/theo-doi");
    expect(text()).toContain(words.qrUnreadable);
    send(`https://motcua.example/theo-doi#${code}.ABCDEFGHJK.${printed}`);
    expect(await verdict()).toBe("good");
    expect(text()).toContain(words.factPaperValue);
    expect(asked.find(({ path }) => path === "/api/v1/tracking/proof")?.headers).toMatchObject({ "X-Dossier-Code": code, "X-Receipt-Secret": "ABCDEFGHJK" });
    send(`#${code}.ABCDEFGHJK.${"A".repeat(22)}`);
    await waitFor(async () => expect(await verdict()).toBe("qr-differs"));
    answers["/api/v1/tracking/proof"] = { status: 409, body: JSON.stringify({ type: "https://x/problems/proof-pending", title: "x", status: 409, detail: "x" }) };
    send(`#${code}.ABCDEFGHJK`);
    await screen.findByText(words.qrPending);
  });
});
