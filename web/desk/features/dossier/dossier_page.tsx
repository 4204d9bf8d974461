// dossier_page.tsx - one dossier: form and papers side by side, and what may be done now.
import { Alert, Button, Tabs } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation, useSearch as useAddressQuery } from "wouter";
import { formatDateTime } from "@shared/format.ts";
import { newIntentKey } from "@shared/api/intent.ts";
import { Problem } from "@shared/api/problem.ts";
import type { CommandResult, Dossier, SupplementRequest } from "@shared/schemas.ts";
import { actionNamed, sendCommand } from "../../api/commands.ts";
import { dossierKey, prefetchDossier, useDossier } from "../../api/queries.ts";
import { Icon } from "../../components/icon.tsx";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { neighbours, rememberedQueue } from "../inbox/queue.ts";
import { ActionBar } from "./action_bar.tsx";
import { keyOf, offeredActions, registry, type OfferedAction } from "./actions/registry.ts";
import { ActionDone } from "./action_done.tsx";
import { ComponentChecklist, presenceOf } from "./component_checklist.tsx";
import { DocumentsViewer } from "./documents_viewer.tsx";
import { openDocument } from "./documents.ts";
import { DossierHeader } from "./dossier_header.tsx";
import classes from "./dossier.module.css";
import { FeeBox } from "./fee_box.tsx";
import { endReason } from "./more_facts.ts";
import { FormsList } from "./forms_list.tsx";
import { FormAnswers } from "./form_answers.tsx";
import { Progress } from "./progress.tsx";
import { Revealed } from "./reveal.tsx";
import { Splitter } from "./splitter.tsx";

const supplementRequired = 5;

interface Finished {
  action: OfferedAction;
  result: CommandResult;
}

function OpenSupplement({ dossier }: { dossier: Dossier }) {
  const { t, say } = useLanguage();
  const request = dossier.supplement as SupplementRequest | null;
  if (!request || dossier.status.national !== supplementRequired) return null;
  return (
    <Alert color="blue" icon={<Icon name="pause" />} title={t.dossier.supplementOpen(request.count ?? 1)} mb="sm">
      <div>{t.dossier.supplementSince(formatDateTime(request.requested_at))}</div>
      <ul className={classes["plain"]}>
        {request.items.map((item, index) => (
          <li key={index}>
            {item.component && <strong>{say(dossier.components.find((each) => each.id === item.component)?.name)}: </strong>}
            {item.what}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

export default function DossierPage({ id }: { id: string }) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const cache = useQueryClient();
  const loaded = useDossier(id);
  const [queue] = useState(rememberedQueue);
  const { previous, next } = neighbours(queue, loaded.data?.id ?? id);
  const [open, setOpen] = useState<OfferedAction | null>(null);
  // "?action=sign_apology": a row of the inbox comes with what is to be done.
  const asked = actionNamed(new URLSearchParams(useAddressQuery()).get("action") ?? "");
  const [brought, setBrought] = useState(false);
  const [finished, setFinished] = useState<Finished | null>(null);
  const [tab, setTab] = useState<string | null>("form");
  const [file, setFile] = useState<string | null>(null);
  useEffect(() => {
    if (next && loaded.data) void prefetchDossier(cache, next);
  }, [next, loaded.data === undefined]);

  useEffect(() => {
    if (brought || !asked || !loaded.data) return;
    setBrought(true);
    const offered = offeredActions(loaded.data).find((each) => each.name === asked && each.allowed);
    if (offered) setOpen(offered);
  }, [asked, brought, loaded.data]);

  const goTo = (target: string | null) => {
    if (target) navigate(`/dossiers/${encodeURIComponent(target)}`);
  };
  const done = (action: OfferedAction) => (result: CommandResult) => {
    setOpen(null);
    setFinished({ action, result });
    void cache.invalidateQueries({ queryKey: dossierKey(id) });
    void cache.invalidateQueries({ queryKey: ["inbox"] });
    void cache.invalidateQueries({ queryKey: ["cashier"] });
  };
  const claim = useMutation({
    mutationFn: (action: OfferedAction) =>
      sendCommand({ id, version: loaded.data?.version ?? 0, action: "claim", body: { task: action.task, officer: "me" }, key: newIntentKey() }),
    onSuccess: (result, action) => done(action)(result),
    // The form of the action tells what is wrong, and what changed meanwhile.
    onError: (_error, action) => setOpen(action),
  });
  const start = (action: OfferedAction) => {
    setFinished(null);
    if (action.name === "claim") claim.mutate(action);
    else setOpen(action);
  };
  const main = loaded.data && offeredActions(loaded.data).find((action) => action.allowed && registry[action.name].place === "main");
  useShortcuts({
    j: () => goTo(next),
    k: () => goTo(previous),
    u: () => navigate(queue.address),
    a: main ? () => start(main) : undefined,
    p: loaded.data ? () => openDocument(id, loaded.data.received_at ? "slip" : "filing") : undefined,
    c: () => {
      const free = loaded.data && offeredActions(loaded.data).find((each) => each.name === "claim" && each.allowed);
      if (free) start(free);
    },
  });

  if (loaded.isPending) return <Loading />;
  if (!loaded.data) {
    const missing = loaded.error instanceof Problem && loaded.error.status === 404;
    return (
      <div className="page">
        <PageTitle>{missing ? t.dossier.notFound : t.dossier.title}</PageTitle>
        <ProblemAlert error={loaded.error} onRetry={() => void loaded.refetch()} />
        <Button variant="default" onClick={() => navigate(queue.address)}>
          {t.dossier.backToInbox}
        </Button>
      </div>
    );
  }
  const dossier = loaded.data;
  const ActionOpen = open ? registry[open.name].form : null;
  const missing = dossier.components.filter((component) => presenceOf(component) === "missing").length;
  return (
    <div className={classes["page"]}>
      <DossierHeader
        dossier={dossier}
        back={queue.address}
        onPrevious={previous ? () => goTo(previous) : undefined}
        onNext={next ? () => goTo(next) : undefined}
      />
      <ActionBar dossier={dossier} open={open ? keyOf(open) : null} onOpen={start} />
      <Splitter
        label={t.dossier.tabsLabel}
        left={
          <>
            {finished && (
              <ActionDone
                dossier={dossier}
                action={finished.action}
                result={finished.result}
                next={next}
                onNext={() => goTo(next)}
                onInbox={() => navigate(queue.address)}
                onClose={() => setFinished(null)}
              />
            )}
            {ActionOpen && open && (
              <ActionOpen key={keyOf(open)} dossier={dossier} task={open.task} onDone={done(open)} onCancel={() => setOpen(null)} />
            )}
            {endReason(dossier) !== "" && (
              <Alert color="gray" title={t.dossier.endReason} mb="sm">
                {endReason(dossier)}
              </Alert>
            )}
            <OpenSupplement dossier={dossier} />
            <Tabs value={tab} onChange={setTab} keepMounted={false}>
              <Tabs.List aria-label={t.dossier.tabsLabel} mb="sm">
                <Tabs.Tab value="form">{t.dossier.tabs.form}</Tabs.Tab>
                <Tabs.Tab value="components" rightSection={missing > 0 ? <Icon name="warning" size={14} /> : null}>
                  {t.dossier.tabs.components} ({dossier.components.length})
                </Tabs.Tab>
                <Tabs.Tab value="fee" rightSection={(dossier.fee?.outstanding ?? 0) > 0 ? <Icon name="cashier" size={14} /> : null}>
                  {t.dossier.tabs.fee}
                </Tabs.Tab>
                <Tabs.Tab value="forms">{t.forms.tab}</Tabs.Tab>
                <Tabs.Tab value="progress">{t.dossier.tabs.progress}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="form"><Revealed dossier={dossier}>{(shown) => <FormAnswers dossier={shown} />}</Revealed></Tabs.Panel>
              <Tabs.Panel value="components"><ComponentChecklist dossier={dossier} onShow={setFile} /></Tabs.Panel>
              <Tabs.Panel value="fee"><FeeBox dossier={dossier} onAction={start} /></Tabs.Panel>
              <Tabs.Panel value="forms"><FormsList dossier={dossier} onShow={setFile} /></Tabs.Panel>
              <Tabs.Panel value="progress"><Progress dossier={dossier} onShow={setFile} /></Tabs.Panel>
            </Tabs>
          </>
        }
        right={<DocumentsViewer dossier={dossier} chosen={file} onChoose={setFile} />}
      />
    </div>
  );
}
