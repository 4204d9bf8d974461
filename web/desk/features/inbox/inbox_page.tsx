// inbox_page.tsx - what waits for me, first what is due first.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLocation, useSearch as useAddressQuery } from "wouter";
import { newIntentKey } from "@shared/api/intent.ts";
import { Problem } from "@shared/api/problem.ts";
import { formatDateTime } from "@shared/format.ts";
import { sendCommand } from "../../api/commands.ts";
import { prefetchDossier, useInbox, useSession } from "../../api/queries.ts";
import { announceDone, announceTrouble } from "../../components/announce.ts";
import { Icon } from "../../components/icon.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ProcedureSelect } from "../../components/procedure_select.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { hasPlace } from "../officers/roles.ts";
import classes from "./inbox.module.css";
import { inboxAddress, inboxFilterFrom, inboxStates } from "./inbox_filter.ts";
import { InboxRow } from "./inbox_row.tsx";
import { dossierAddress, isClaimable, type InboxItem } from "./inbox_task.ts";
import { rememberQueue } from "./queue.ts";
import { useRowFocus } from "./row_focus.ts";

const minuteMs = 60_000;

export default function InboxPage() {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const filter = inboxFilterFrom(useAddressQuery());
  const session = useSession();
  const inbox = useInbox(filter);
  const cache = useQueryClient();
  const list = useRef<HTMLTableSectionElement>(null);
  const focus = useRowFocus(list);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minuteMs);
    return () => clearInterval(timer);
  }, []);

  // A dossier with two tasks for me is two rows; a row that moved to another page meanwhile is one.
  const items = useMemo(() => {
    const seen = new Map<string, InboxItem>();
    for (const page of inbox.data?.pages ?? []) {
      for (const item of page.items) seen.set(`${item.id}:${item.task?.id ?? ""}`, item);
    }
    return [...seen.entries()];
  }, [inbox.data]);
  const counts = inbox.data?.pages[0]?.counts;

  const claim = useMutation({
    mutationFn: (item: InboxItem) =>
      sendCommand({ id: item.id, version: item.version, action: "assign", body: { task: item.task.id, officer: "me" }, key: newIntentKey() }),
    onSuccess: (result) => announceDone(t.inbox.claimed(result.code)),
    onError: (error) =>
      announceTrouble(error instanceof Problem ? error.detail : t.error.heading),
    onSettled: (_result, _error, item) => {
      void cache.invalidateQueries({ queryKey: ["inbox"] });
      void cache.invalidateQueries({ queryKey: ["dossier", item.id] });
    },
  });

  const open = (item: InboxItem) => {
    rememberQueue({ address: inboxAddress(filter), ids: [...new Set(items.map(([, each]) => each.id))] });
    navigate(dossierAddress(item));
  };
  useShortcuts({
    j: () => focus.move(1),
    k: () => focus.move(-1),
    c: () => {
      const item = items[focus.current()]?.[1];
      if (item?.task && !item.task.assignee && isClaimable(item)) claim.mutate(item);
    },
  });

  const choose = (change: Partial<typeof filter>) => navigate(inboxAddress({ ...filter, ...change }), { replace: true });
  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{t.inbox.title}</PageTitle>
        <ProcedureSelect
          className={classes["procedures"] ?? ""}
          aria-label={t.inbox.procedure}
          value={filter.procedure}
          onChange={(procedure) => choose({ procedure })}
          comboboxProps={{ width: 420, position: "bottom-end" }}
        />
        {hasPlace(session.data?.officer, "intake") && (
          <Button leftSection={<Icon name="plus" />} onClick={() => navigate("/intake")}>
            {t.shell.intake}
          </Button>
        )}
      </div>
      <nav className={classes["tabs"]} aria-label={t.inbox.statesLabel}>
        {inboxStates.map((state) => (
          <a
            key={state}
            href={`/desk${inboxAddress({ ...filter, state })}`}
            className={classes["tab"]}
            data-state={state}
            data-many={(counts?.[state] ?? 0) > 0 || undefined}
            aria-current={filter.state === state ? "page" : undefined}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey) return;
              event.preventDefault();
              choose({ state });
            }}
          >
            {state === "overdue" && <Icon name="warning" size={14} />}
            {t.inbox.states[state]} <span className={classes["count"]}>{counts?.[state] ?? "…"}</span>
          </a>
        ))}
      </nav>
      {inbox.isError && <ProblemAlert error={inbox.error} onRetry={() => void inbox.refetch()} />}
      {inbox.isPending && <Loading />}
      {inbox.data && items.length === 0 && (
        <div className={classes["empty"]}>
          <Icon name="check" size={30} />
          <p>{t.inbox.empty}</p>
          {hasPlace(session.data?.officer, "intake") && <p className="quiet">{t.inbox.emptyHint}</p>}
        </div>
      )}
      {items.length > 0 && (
        <table className={classes["list"]} data-stale={inbox.isPlaceholderData || undefined}>
          <caption className="sr-only">{t.inbox.list}</caption>
          <thead>
            <tr>
              <th scope="col">{t.inbox.columns.due}</th>
              <th scope="col">{t.inbox.columns.dossier}</th>
              <th scope="col">{t.inbox.columns.step}</th>
              <th scope="col">{t.inbox.columns.holder}</th>
            </tr>
          </thead>
          <tbody ref={list}>
            {items.map(([key, item]) => (
              <InboxRow
                key={key}
                item={item}
                now={now}
                me={session.data?.officer}
                claiming={claim.isPending && claim.variables.task?.id === item.task?.id}
                onOpen={() => open(item)}
                onNear={() => void prefetchDossier(cache, item.id)}
                onClaim={() => claim.mutate(item)}
              />
            ))}
          </tbody>
        </table>
      )}
      {counts && items.length > 0 && (
        <div className={classes["foot"]}>
          <span className="quiet" role="status">
            {t.inbox.shown(items.length, counts[filter.state])} · {t.inbox.refreshed(formatDateTime(new Date(inbox.dataUpdatedAt).toISOString()).slice(11))}
          </span>
          {inbox.hasNextPage && (
            <Button variant="default" loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
              {t.common.loadMore}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
