import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { vi as strings } from "../../language/vi.ts";
import { ProofBox } from "./ProofBox.tsx";

const words = strings.tracking;
const pending = () =>
  new Response(JSON.stringify({ type: "https://x/problems/proof-pending", title: "Chưa có", status: 409, detail: "Chờ" }), { status: 409, headers: { "Retry-After": "40" } });

let answer: () => Response;
let asked = 0;
const saved: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  saved.length = 0;
  vi.stubGlobal("fetch", async () => {
    asked += 1;
    return answer();
  });
  URL.createObjectURL = () => "blob:x";
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

// A body is read in several turns: each is given its own.
async function pass(ms: number) {
  await act(() => vi.advanceTimersByTimeAsync(ms));
  for (let turn = 0; turn < 5; turn += 1) await act(() => vi.advanceTimersByTimeAsync(1));
}
const button = () => screen.getByRole("button", { name: words.proofDownload });

describe("the proof on the tracking page", () => {
  it("is saved under the dossier's code", async () => {
    answer = () => new Response("motcua-proof-v1\n");
    render(<ProofBox receipt={{ code: "H41.101-261122-0001", secret: "ABCDEFGHJK" }} />);
    expect(asked).toBe(0);
    fireEvent.click(button());
    await pass(10);
    expect(saved).toEqual(["H41.101-261122-0001.motcua"]);
  });

  it("says that it is on its way, asks again when the server advises, and then is there", async () => {
    answer = pending;
    render(<ProofBox receipt={{ code: "H41.101-261122-0001", secret: "ABCDEFGHJK" }} />);
    fireEvent.click(button());
    await pass(10);
    expect(screen.getByRole("status").textContent).toBe(words.proofPending);
    expect(button().getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(button());
    await pass(30_000);
    expect(asked).toBe(1);
    await pass(11_000);
    expect(asked).toBe(2);
    expect(screen.getByRole("status").textContent).toBe(words.proofPending);
    answer = () => new Response("motcua-proof-v1\n");
    await pass(41_000);
    expect(screen.getByRole("status").textContent).toBe(words.proofReady);
    // A download that nobody asked for at that moment would surprise.
    expect(saved).toEqual([]);
    fireEvent.click(button());
    await pass(10);
    expect([asked, saved]).toEqual([3, ["H41.101-261122-0001.motcua"]]);
  });

  it("tells a problem as it is", async () => {
    answer = () => new Response(JSON.stringify({ type: "https://x/problems/not-found", title: "Không tìm thấy", status: 404, detail: "Xem lại hai mã" }), { status: 404 });
    render(<ProofBox receipt={{ code: "H41.101-261122-0001", secret: "ABCDEFGHJK" }} />);
    fireEvent.click(button());
    await pass(10);
    expect(screen.getByText("Xem lại hai mã")).toBeTruthy();
    expect(button().getAttribute("aria-disabled")).toBe("false");
  });
});
