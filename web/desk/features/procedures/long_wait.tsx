// long_wait.tsx - work of several seconds: what is done, that it goes on, and for how long by now.
import { Progress } from "@mantine/core";
import { useEffect, useState } from "react";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./procedures.module.css";

const second = 1000;

export function LongWait({ text }: { text: string }) {
  const { t } = useLanguage();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((old) => old + 1), second);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={classes["wait"]}>
      <p role="status">{text}</p>
      <Progress value={100} striped animated aria-label={text} />
      <p className="quiet figures" aria-hidden="true">
        {t.reconciliation.seconds(String(seconds))}
      </p>
    </div>
  );
}
