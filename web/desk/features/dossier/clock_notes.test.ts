import { describe, expect, it } from "vitest";
import { vi } from "../../i18n/vi.ts";
import { someDossier } from "../../testing.tsx";
import { clockNotes } from "./clock_notes.ts";

const now = Date.parse("2026-11-23T09:00:00+07:00");
const text = (words: string) => ({ vi: words, en: words });
const running = { state: "running", due_at: "2026-11-26T17:30:00+07:00", explanation: [], punctuality: "open" };
const notesOf = (clock: object, change: object = {}) => clockNotes(someDossier({ clock: { ...running, ...clock }, due_state: "on_track", ...change }), now, vi, "vi");
const apology = {
  state: "draft", due_at: "2026-11-26T17:30:00+07:00", new_due_at: "2026-12-01T17:30:00+07:00", reason: "r", drafted_by: "",
  drafted_at: "", sign_by: "2026-11-25T17:30:00+07:00", number: "", signed_at: null, signed_by: "", position: "", in_time: false,
};

describe("what is said beside the due date", () => {
  it("is nothing while time just runs", () => {
    expect(notesOf({})).toEqual([]);
    expect(clockNotes(someDossier(), now, vi, "vi")).toEqual([]);
  });

  it("is why the clock stands, by which act and until when", () => {
    const [note] = notesOf({
      paused_for: { cause: "outside_consultation", label: text("chờ ý kiến cơ quan khác"), basis: "Luật Đất đai, điều 12", note: "Sở Tài chính", since: "2026-11-20T08:00:00+07:00", expected_until: "2026-12-01", by: "Hoa" },
    });
    expect(note?.title).toBe("Tạm dừng: chờ ý kiến cơ quan khác");
    expect(note?.details).toEqual(["từ 08:00, Thứ Sáu 20/11/2026", "dự kiến tiếp tục sau Thứ Ba 01/12/2026", "Căn cứ: Luật Đất đai, điều 12", "Sở Tài chính", "Người ghi: Hoa"]);
  });

  it("is until when an apology has to be signed, and what it means when that has passed", () => {
    expect(notesOf({}, { apology })[0]).toMatchObject({ tone: "warn", details: ["ký trước 17:30, Thứ Tư 25/11/2026 để được gia hạn đúng quy định"] });
    expect(notesOf({}, { apology: { ...apology, sign_by: "2026-11-22T17:30:00+07:00" } })[0]).toMatchObject({ tone: "bad", details: [vi.clock.signTooLate] });
  });

  it("keeps an extension in time apart from an apology that came too late", () => {
    const signed = { ...apology, state: "signed", number: "3/PXL", in_time: true };
    expect(notesOf({}, { apology: signed })[0]?.title).toBe("Đã gia hạn một lần theo phiếu xin lỗi số 3/PXL");
    const late = notesOf({ appointed_at: "2026-12-01T17:30:00+07:00" }, { apology: { ...signed, in_time: false } });
    expect(late[0]?.tone).toBe("bad");
    expect(late[0]?.details).toEqual([vi.clock.apologisedLate, "Đã hẹn lại với người nộp: 17:30, Thứ Ba 01/12/2026"]);
  });

  it("says since when it is overdue, and that this stops nothing", () => {
    const [note] = notesOf({}, { due_state: "overdue", due_at: "2026-11-20T17:30:00+07:00" });
    expect(note).toMatchObject({ id: "overdue", title: "Quá hạn từ 17:30, Thứ Sáu 20/11/2026", details: [vi.clock.overdueWork] });
  });

  it("tells a silence rule before and after it takes effect", () => {
    const silence = { rule: "accept", text: text("coi như đồng ý"), basis: "điều 5", at: "2026-11-26T17:30:00+07:00", waiting: true };
    expect(notesOf({ silence })[0]).toMatchObject({ tone: "plain", title: "Nếu đến 17:30, Thứ Năm 26/11/2026 chưa có kết quả" });
    expect(notesOf({ silence: { ...silence, waiting: false } })[0]?.title).toBe("Quy tắc im lặng có hiệu lực từ 17:30, Thứ Năm 26/11/2026");
  });

  it("ends with early, on time or late", () => {
    expect(notesOf({ punctuality: "early" })[0]).toMatchObject({ tone: "good", title: "Xong trước hạn" });
    expect(notesOf({ punctuality: "late" })[0]).toMatchObject({ tone: "bad", title: "Xong quá hạn" });
  });

  it("names the moment to pass the dossier on, until that is done", () => {
    const transfer = { transfer_by: "2026-11-24T07:30:00+07:00" };
    expect(notesOf(transfer)).toEqual([]);
    expect(notesOf(transfer, { status: { national: 2, key: "received", label: text("Được tiếp nhận") } })[0]?.title).toBe("Chuyển hồ sơ đến nơi giải quyết chậm nhất 07:30, Thứ Ba 24/11/2026");
  });
});
