// transports_page.tsx - what the counter has to hand over, what is on its way here, and the slips.
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useSession } from "../../api/queries.ts";
import type { Side } from "../../api/transports.ts";
import { PageTitle } from "../../components/page_title.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { hasPlace } from "../officers/roles.ts";
import { SlipList } from "./slip_list.tsx";
import { TransportList } from "./transport_list.tsx";

type Tab = Side | "slips";
const tabs: Tab[] = ["out", "in", "slips"];

export default function TransportsPage() {
  const { t } = useLanguage();
  const words = t.transports;
  const session = useSession();
  const [tab, setTab] = useState<Tab>(() => (new URLSearchParams(location.search).get("side") === "in" ? "in" : "out"));
  if (!hasPlace(session.data?.officer, "transports")) {
    return (
      <div className="page">
        <PageTitle>{words.title}</PageTitle>
        <p>{words.onlyCounters}</p>
      </div>
    );
  }
  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{words.title}</PageTitle>
      </div>
      <p className="quiet">{words.lead}</p>
      <SegmentedControl mb="sm" value={tab} onChange={(value) => setTab(value as Tab)} transitionDuration={0} data={tabs.map((each) => ({ value: each, label: words.tabs[each] }))} />
      {tab === "slips" ? <SlipList /> : <TransportList key={tab} side={tab} />}
    </div>
  );
}
