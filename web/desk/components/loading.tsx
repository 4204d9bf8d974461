// loading.tsx - something is on its way; says so to screen readers too.
import { Loader } from "@mantine/core";
import { useLanguage } from "../i18n/language.tsx";

export function Loading() {
  const { t } = useLanguage();
  return (
    <div role="status" style={{ padding: 24, display: "flex", gap: 10, alignItems: "center" }}>
      <Loader size="sm" />
      <span>{t.loading}</span>
    </div>
  );
}
