import { describe, expect, it } from "vitest";
import { someDossier } from "../../testing.tsx";
import { viewedFiles } from "./viewer_files.ts";

const file = (id: string, component: string) => ({ id, component, name: `${id}.pdf`, size: 1, media_type: "application/pdf", sha256: "", uploaded_at: "" });

describe("what stands beside the form", () => {
  it("is in the order of the papers, then the result, then the printed forms", () => {
    const dossier = someDossier({
      attachments: [file("r", "result"), file("c", "unknown"), file("b", "id_card"), file("a", "birth_paper")],
      result: { file: "r" },
    });
    expect(viewedFiles(dossier).map((each) => each.id)).toEqual(["a", "b", "c", "r", "document:slip", "document:control-slip", "document:filing"]);
  });

  it("holds a generated result, which is no attachment", () => {
    const ids = viewedFiles(someDossier({ result: { file: "result" } })).map((each) => `${each.kind} ${each.id}`);
    expect(ids[0]).toBe("result result");
  });

  it("has something to show even without a scan", () => {
    expect(viewedFiles(someDossier({ received_at: null })).map((each) => each.id)).toEqual(["document:filing"]);
  });
});
