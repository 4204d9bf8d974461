// main.tsx - starts the desk.
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./desk.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { pageNonce } from "./nonce.ts";

// Libraries that write style elements of their own (scroll locking in dialogs) look here for it.
(globalThis as Record<string, unknown>)["__webpack_nonce__"] = pageNonce();

createRoot(document.getElementById("root") as HTMLElement).render(<App />);
