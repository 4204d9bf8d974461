// Loading.tsx - says that something is on its way, after a moment, so that quick answers do not flicker.
import { useEffect, useState } from "react";
import { useLanguage } from "../language/language.tsx";

export function Loading({ text }: { text?: string }) {
  const { strings } = useLanguage();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="loading" role="status">
      {late ? (text ?? strings.shell.loading) : ""}
    </p>
  );
}
