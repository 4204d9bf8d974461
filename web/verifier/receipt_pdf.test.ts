// @vitest-environment node
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fromUtf8, joined, toUtf8 } from "./bytes.ts";
import { isPdf, proofInPdf } from "./receipt_pdf.ts";
import { makeJournal, makeProof } from "./testing_journal.ts";

const proof = makeProof(makeJournal(4), 2);

function pdf(data: Uint8Array, dictionary: string, before = "\n", after = "\n"): Uint8Array {
  const page = deflateSync(toUtf8("BT (endless) Tj ET"));
  return joined(
    toUtf8(`%PDF-1.7\n1 0 obj\n<< /Type /Page /Length ${page.length} /Filter /FlateDecode >>\nstream\n`),
    page,
    toUtf8(`\nendstream\nendobj\n7 0 obj\n<< /Type /EmbeddedFile ${dictionary} >>\nstream${before}`),
    data,
    toUtf8(`${after}endstream\nendobj\n8 0 obj\n<< /Type /Filespec /F (proof.motcua) /EF << /F 7 0 R >> >>\nendobj\n%%EOF\n`),
  );
}

const textIn = async (file: Uint8Array) => {
  const bytes = await proofInPdf(file);
  return bytes && fromUtf8(bytes);
};

describe("the proof in a receipt", () => {
  it("is found as it is, whatever line ends stand around it", async () => {
    for (const after of ["\n", "\r\n", "\r", ""]) {
      for (const before of ["\n", "\r\n"]) expect(await textIn(pdf(toUtf8(proof), `/Length ${proof.length}`, before, after))).toBe(proof);
    }
  });

  it("is found deflated, its length told or not", async () => {
    const packed = deflateSync(toUtf8(proof));
    expect(await textIn(pdf(packed, `/Filter /FlateDecode /Length ${packed.length}`))).toBe(proof);
    expect(await textIn(pdf(packed, "/Filter /FlateDecode /Length 9 0 R"))).toBe(proof);
  });

  it("is the last one that was attached", async () => {
    const other = makeProof(makeJournal(4), 1);
    expect(await textIn(joined(pdf(toUtf8(other), ""), pdf(toUtf8(proof), "")))).toBe(proof);
  });

  it("is not found where there is none", async () => {
    expect(await textIn(toUtf8("%PDF-1.7\n%%EOF\n"))).toBeNull();
    expect(await textIn(pdf(toUtf8("hello"), ""))).toBeNull();
    expect(await textIn(pdf(toUtf8("no deflate"), "/Filter /FlateDecode"))).toBeNull();
    // A bomb.
    expect(await textIn(pdf(deflateSync(Buffer.alloc(50 << 20, 65)), "/Filter /FlateDecode"))).toBeNull();
    expect(await textIn(toUtf8(`%PDF-1.7\n${"stream\n".repeat(100_000)}`))).toBeNull();
    expect(await textIn(new Uint8Array(26 << 20))).toBeNull();
  });
});

it("A PDF says that it is one", () => {
  expect(isPdf(pdf(toUtf8(proof), ""))).toBe(true);
  expect(isPdf(toUtf8(proof))).toBe(false);
});
