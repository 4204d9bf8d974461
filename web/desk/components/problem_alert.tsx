// problem_alert.tsx - what went wrong, why, and what to do, as the server said it.
import { Alert, Button, List } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Problem } from "@shared/api/problem.ts";
import { useLanguage } from "../i18n/language.tsx";
import { Icon } from "./icon.tsx";

export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useLanguage();
  const here = useRef<HTMLDivElement>(null);
  // Whoever pressed a button at the end of a long form sees what came of it.
  useEffect(() => {
    if (error) here.current?.scrollIntoView?.({ block: "nearest" });
  }, [error]);
  if (error === null || error === undefined) return null;
  const problem = error instanceof Problem ? error : null;
  return (
    <Alert ref={here} role="alert" color="red" variant="light" icon={<Icon name="warning" />} title={problem?.title ?? t.error.heading} my="sm">
      {problem?.detail ?? t.error.crashed}
      {problem && problem.errors.length > 0 && (
        <List size="sm" mt={4}>
          {problem.errors.map((item) => (
            <List.Item key={`${item.field}:${item.code}`}>{item.message}</List.Item>
          ))}
        </List>
      )}
      {problem?.traceId && <div className="quiet" style={{ overflowWrap: "anywhere" }}>{t.error.trace(problem.traceId)}</div>}
      {onRetry && (
        <div>
          <Button mt="xs" variant="default" onClick={onRetry}>
            {t.error.retry}
          </Button>
        </div>
      )}
    </Alert>
  );
}
