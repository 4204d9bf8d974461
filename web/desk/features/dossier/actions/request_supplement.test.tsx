import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import { vi } from "../../../i18n/vi.ts";
import { renderOnDesk, serveWith, someDossier } from "../../../testing.tsx";
import { RequestSupplement } from "./request_supplement.tsx";

afterEach(() => {
  cleanup();
  mock.unstubAllGlobals();
});

const words = vi.actions.requestSupplement;

describe("requesting a supplement", () => {
  it("walks through every paper and answer and sends all that is missing at once", async () => {
    const sent = serveWith(() => ({ body: { id: "d1", code: "c", version: 6 } }));
    const onDone = mock.fn();
    renderOnDesk(<RequestSupplement dossier={someDossier()} task={undefined} onDone={onDone} onCancel={() => undefined} />);

    const submit = () => fireEvent.click(screen.getByRole("button", { name: /Gửi yêu cầu bổ sung/ }));
    const paper = screen.getByRole("radiogroup", { name: words.judge("Giấy chứng sinh") });
    fireEvent.click(paper.querySelector('input[value="needed"]') as HTMLInputElement);
    fireEvent.change(screen.getByRole("textbox", { name: words.what("Giấy chứng sinh") }), { target: { value: "Bản rõ hơn" } });
    fireEvent.click(screen.getByRole("checkbox", { name: `${words.needs}: Tên của trẻ` }));
    fireEvent.change(screen.getByRole("textbox", { name: words.what("Tên của trẻ") }), { target: { value: "Viết đủ dấu" } });
    fireEvent.change(screen.getByRole("textbox", { name: vi.common.reason }), { target: { value: "Chưa đủ căn cứ" } });

    submit();
    expect(screen.getByRole("alert").textContent).toContain(words.reviewAll);
    expect(sent).toHaveLength(0);

    fireEvent.click(screen.getByRole("button", { name: words.markRest }));
    submit();
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(sent[0]?.path).toBe("/api/v1/dossiers/d1/request-supplement");
    expect(sent[0]?.body).toEqual({
      items: [
        { component: "birth_paper", what: "Bản rõ hơn" },
        { field: "child_name", what: "Viết đủ dấu" },
      ],
      reason: "Chưa đủ căn cứ",
    });
  });

  it("asks for a reason of its own when there was a request before", () => {
    serveWith(() => ({ body: {} }));
    renderOnDesk(
      <RequestSupplement dossier={someDossier({ supplements_requested: 1 })} task={undefined} onDone={() => undefined} onCancel={() => undefined} />,
    );
    expect(screen.getByText(words.again(1))).toBeTruthy();
    expect(screen.getByRole("textbox", { name: words.repeatReason })).toBeTruthy();
  });
});
