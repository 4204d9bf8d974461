// The citizen's portal.  Everything that the first page needs is here; the rest comes when it is used.
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { LanguageProvider } from "./language/language.tsx";
import "./styles/tokens.css";
import "./styles/page.css";
import "./styles/parts.css";

const page = document.getElementById("page");
if (page) {
  createRoot(page).render(
    <LanguageProvider>
      <App />
    </LanguageProvider>,
  );
}
