// organisation_page.tsx - the agencies of a day as a tree, one agency with its history, and what will change.
import { Alert, Button, Group, TextInput } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { formatDate } from "@shared/format.ts";
import { useOrganisation } from "../../api/organisation.ts";
import { useSession } from "../../api/queries.ts";
import { DayInput } from "../../components/day_input.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { AgencyPanel } from "./agency_panel.tsx";
import { AgencyTree } from "./agency_tree.tsx";
import { ComingList } from "./coming_list.tsx";
import { ImportDialog } from "./import_dialog.tsx";
import { MergerDialog } from "./merger_dialog.tsx";
import classes from "./organisation.module.css";
import { found, treeOf } from "./tree.ts";

export default function OrganisationPage({ code = "" }: { code?: string }) {
  const { t } = useLanguage();
  const words = t.organisation;
  const [, navigate] = useLocation();
  const on = new URLSearchParams(useSearch()).get("on") ?? "";
  const [words_, setWords] = useState("");
  const [dialog, setDialog] = useState<"import" | "merge" | null>(null);
  const session = useSession();
  const day = useOrganisation(on);
  const branches = useMemo(() => found(treeOf(day.data?.items ?? []), words_), [day.data, words_]);
  const officer = session.data?.officer;
  // The server decides; this only chooses what is shown.
  const manages = (officer?.roles.includes("administrator") ?? false) && !(officer?.agency ?? ".").includes(".");
  const goTo = (next: string) => navigate(`/organisation${code ? `/${code}` : ""}${next ? `?on=${next}` : ""}`);
  // The chosen one is in sight in a tree of hundreds; on a telephone what is told of it stands below.
  const side = useRef<HTMLElement>(null);
  const main = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  const loaded = day.data !== undefined;
  useEffect(() => {
    if (!loaded || code === "") return;
    const chosen = side.current?.querySelector<HTMLElement>("[aria-current]");
    if (side.current && chosen) {
      const above = chosen.offsetTop - side.current.scrollTop;
      if (above < 0 || above > side.current.clientHeight - 40) side.current.scrollTop = chosen.offsetTop - side.current.clientHeight / 3;
    }
    if (!first.current && window.matchMedia("(max-width: 768px)").matches) main.current?.scrollIntoView({ block: "start" });
    first.current = false;
  }, [code, loaded]);
  useEffect(() => {
    document.title = `${words.title} – ${t.product}`;
  }, [words.title, t.product]);

  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{words.title}</PageTitle>
        {manages && (
          <Group gap="xs">
            <Button variant="default" onClick={() => setDialog("import")}>{words.importOrExport}</Button>
            <Button onClick={() => setDialog("merge")}>{words.merge}</Button>
          </Group>
        )}
      </div>
      <p className="quiet">{words.lead}</p>
      <Group align="end" gap="md" mb="sm">
        <DayInput label={words.on} value={on || (day.data?.today ?? "")} onChange={goTo} />
        <TextInput label={words.find} placeholder={words.findHint} value={words_} onChange={(event) => setWords(event.currentTarget.value)} />
        {on !== "" && on !== day.data?.today && <Button variant="subtle" onClick={() => goTo("")}>{words.backToToday}</Button>}
      </Group>
      {day.data && on !== "" && on !== day.data.today && (
        <Alert color="yellow" role="status" mb="sm">{words.otherDay(formatDate(day.data.on))}</Alert>
      )}
      {day.isPending && <Loading />}
      <ProblemAlert error={day.error} onRetry={() => void day.refetch()} />
      {day.data && (
        <div className={classes["columns"]}>
          <nav ref={side} className={classes["side"]} aria-label={words.tree}>
            {branches.length === 0 ? <p role="status">{words.nothingFound}</p> : <AgencyTree branches={branches} here={code} on={on} open={words_ !== ""} />}
          </nav>
          <div ref={main} className={classes["main"]}>
            {code ? <AgencyPanel key={`${code}${on}`} code={code} on={on} changeable={manages && day.data.on === day.data.today ? day.data.items : null} /> : <ComingList day={day.data} manages={manages} />}
          </div>
        </div>
      )}
      {dialog === "import" && day.data && <ImportDialog day={day.data} onClose={() => setDialog(null)} />}
      {dialog === "merge" && day.data && <MergerDialog day={day.data} onClose={() => setDialog(null)} />}
    </div>
  );
}
