// announce.ts - a short word at the edge of the screen: what was done, or what went wrong behind it.
//
// What was done is a status, which waits until a screen reader has finished its sentence; only trouble
// interrupts.  It stays for some seconds and can be put away.
import { notifications } from "@mantine/notifications";

const closeLabel = () => ({ "aria-label": document.documentElement.lang === "en" ? "Close" : "Đóng" });

export function announceDone(message: string, color: "green" | "gray" = "green"): void {
  notifications.show({ message, color, role: "status", closeButtonProps: closeLabel() });
}

export function announceTrouble(message: string): void {
  notifications.show({ message, color: "red", role: "alert", autoClose: 12_000, closeButtonProps: closeLabel() });
}
