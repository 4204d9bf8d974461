// Notice.tsx - a boxed message: information, success, warning or error, told by icon and words too.
import { useEffect, useRef, type ReactNode } from "react";

export interface NoticeProps {
  kind: "info" | "success" | "warning" | "error";
  title?: string | undefined;
  children?: ReactNode;
  // Takes the focus when it appears: for an answer to what the person just did.
  focus?: boolean;
}

const icons = { info: "i", success: "✓", warning: "!", error: "!" };

export function Notice({ kind, title, children, focus }: NoticeProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) box.current?.focus();
  }, [focus, title]);
  return (
    <div
      className={`notice notice-${kind}`}
      role={kind === "error" ? "alert" : undefined}
      tabIndex={focus ? -1 : undefined}
      ref={box}
    >
      <span className="notice-icon" aria-hidden="true">
        {icons[kind]}
      </span>
      <div className="notice-text">
        {title && <p className="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
