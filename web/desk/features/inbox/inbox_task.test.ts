import { describe, expect, it } from "vitest";
import { dossierAddress, isClaimable, type InboxItem } from "./inbox_task.ts";

const row = (task: object | null) => ({ id: "d 1", task }) as unknown as InboxItem;

describe("a row of the inbox", () => {
  it("that asks for a signature opens the dossier with it", () => {
    expect(dossierAddress(row({ id: "apology", action: "sign_apology" }))).toBe("/dossiers/d%201?action=sign_apology");
    expect(dossierAddress(row({ id: "escalation", action: "answer_escalation" }))).toBe("/dossiers/d%201?action=answer_escalation");
  });

  it("of a step opens the dossier as it is", () => {
    expect(dossierAddress(row({ id: "3", action: "process" }))).toBe("/dossiers/d%201");
    expect(dossierAddress(row(null))).toBe("/dossiers/d%201");
  });

  it("is taken only where a step waits for somebody", () => {
    expect(isClaimable(row({ id: "3", action: "process" }))).toBe(true);
    expect(isClaimable(row({ id: "apology", action: "sign_apology" }))).toBe(false);
    expect(isClaimable(row(null))).toBe(false);
  });
});
