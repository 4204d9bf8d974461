// page_boundary.tsx - a page that fails says so, instead of leaving a white screen.
import { Alert, Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useLanguage } from "../i18n/language.tsx";

function Failed() {
  const { t } = useLanguage();
  return (
    <div className="page">
      <Alert color="red" role="alert" title={t.error.heading}>
        <p>{t.error.crashed}</p>
        <Button onClick={() => location.reload()}>{t.error.reload}</Button>
      </Alert>
    </div>
  );
}

export class PageBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}
