import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import { vi } from "../../i18n/vi.ts";
import { renderOnDesk, serveWith, someDossier } from "../../testing.tsx";
import { Revealed } from "./reveal.tsx";

afterEach(() => {
  cleanup();
  mock.unstubAllGlobals();
});

const masked = someDossier({ masked: true, applicant_detail: { name: "Nguyễn Văn An", phone: "*******678" } });
const whole = { ...masked, masked: false, applicant_detail: { name: "Nguyễn Văn An", phone: "0912345678" } };
const page = (dossier: typeof masked) => <Revealed dossier={dossier}>{(shown) => <p>{shown.applicant_detail.phone}</p>}</Revealed>;

describe("a masked dossier", () => {
  it("says why it is masked, and shows itself for a reason", async () => {
    const sent = serveWith(({ path }) => (path.endsWith("/reveal") ? { body: whole } : undefined));
    renderOnDesk(page(masked));
    expect(screen.getByText("*******678")).toBeTruthy();
    expect(screen.getByText(vi.dossier.masked)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: vi.dossier.reveal }));
    fireEvent.change(screen.getByLabelText(vi.dossier.revealReason), { target: { value: "xem" } });
    fireEvent.click(screen.getByRole("button", { name: vi.dossier.reveal }));
    expect(await screen.findByText(vi.dossier.revealTooShort)).toBeTruthy();
    expect(sent).toEqual([]);
    fireEvent.change(screen.getByLabelText(vi.dossier.revealReason), { target: { value: "Gọi lại cho người nộp" } });
    fireEvent.click(screen.getByRole("button", { name: vi.dossier.reveal }));
    expect(await screen.findByText("0912345678")).toBeTruthy();
    expect(sent[0]!.body).toEqual({ reason: "Gọi lại cho người nộp" });
    expect(screen.queryByText(vi.dossier.masked)).toBeNull();
  });

  it("that a task needs is shown at once", () => {
    serveWith(() => undefined);
    renderOnDesk(page({ ...whole, masked: false }));
    expect(screen.getByText("0912345678")).toBeTruthy();
    expect(screen.queryByRole("button", { name: vi.dossier.reveal })).toBeNull();
  });
});
