import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import { vi } from "../../i18n/vi.ts";
import { renderOnDesk, serveWith } from "../../testing.tsx";
import DeliveriesPage from "./deliveries_page.tsx";
import { countText, isStuck } from "./waiting.ts";

afterEach(() => {
  cleanup();
  mock.unstubAllGlobals();
});

const words = vi.deliveries;
const row = {
  id: 7, code: "H41.101-261120-0001", kind: "mail", what: "received", to: "a***@example.vn", state: "set_aside", attempts: 30,
  in_doubt: false, written_at: "2026-11-20T08:00:00+07:00", next_at: null, error: "mail server: reply 550",
};
const counts = { waiting: 2, retrying: 1, set_aside: 1, at_most: 10000, oldest_at: "2026-11-20T08:00:00+07:00" };

function open(roles: string[], items: object[] = [row]) {
  return serveWith((request) => {
    if (request.path.endsWith("/session")) return { body: { signed_in: true, officer: { id: "o", name: "Hiển", agency: "H41", roles } } };
    if (request.method === "POST") return { body: { changed: 1 } };
    return { body: { counts, items, next_cursor: null } };
  });
}

describe("the deliveries page", () => {
  it("shows what was set aside, and tries one or all again under a key", async () => {
    const sent = open(["administrator"]);
    renderOnDesk(<DeliveriesPage />);
    const table = await screen.findByRole("table");
    expect(table.textContent).toContain("a***@example.vn");
    expect(table.textContent).toContain("mail server: reply 550");
    expect(screen.getByText(`${words.states.set_aside} (1)`)).toBeTruthy();
    expect(screen.getByText(words.stuck)).toBeTruthy();
    fireEvent.click(within(table).getByRole("button", { name: words.retryOf("7") }));
    await waitFor(() => expect(sent.some((each) => each.path.endsWith("/try-again"))).toBe(true));
    const one = sent.find((each) => each.path.endsWith("/try-again"));
    expect(one?.body).toEqual({ items: [7] });
    expect(one?.headers["Idempotency-Key"]).toBeTruthy();
    await waitFor(() => expect(screen.getByRole("button", { name: words.retryAll })).toBeTruthy());
    fireEvent.click(screen.getByRole("button", { name: words.retryAll }));
    await waitFor(() => expect(sent.filter((each) => each.path.endsWith("/try-again"))).toHaveLength(2));
    const all = sent.filter((each) => each.path.endsWith("/try-again"))[1];
    expect(all?.body).toEqual({});
    expect(all?.headers["Idempotency-Key"]).not.toBe(one?.headers["Idempotency-Key"]);
  });

  it("gives up only with a reason", async () => {
    const sent = open(["administrator"]);
    renderOnDesk(<DeliveriesPage />);
    fireEvent.click(await screen.findByRole("button", { name: words.giveUpOf("7") }));
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByRole("button", { name: words.giveUp }));
    expect(within(dialog).getByText(words.reasonMissing)).toBeTruthy();
    fireEvent.change(within(dialog).getByLabelText(new RegExp(words.reason)), { target: { value: "sai địa chỉ" } });
    fireEvent.click(within(dialog).getByRole("button", { name: words.giveUp }));
    await waitFor(() => expect(sent.find((each) => each.path.endsWith("/give-up"))?.body).toEqual({ items: [7], reason: "sai địa chỉ" }));
  });

  it("shows nothing to others and asks nothing for them", async () => {
    const sent = open(["reception"]);
    renderOnDesk(<DeliveriesPage />);
    expect(await screen.findByText(words.onlyAdministrators)).toBeTruthy();
    expect(sent.some((each) => each.path.includes("/deliveries"))).toBe(false);
  });

  it("says stuck after an hour, and where counting ended", () => {
    const at = "2026-11-20T08:00:00+07:00";
    expect(isStuck(at, Date.parse(at) + 3_600_000)).toBe(false);
    expect(isStuck(at, Date.parse(at) + 3_600_001)).toBe(true);
    expect(isStuck(null, Date.parse(at))).toBe(false);
    expect(countText(9999, 10000)).toBe("9.999");
    expect(countText(10000, 10000)).toBe("10.000+");
  });
});
