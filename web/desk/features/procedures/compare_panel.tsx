// compare_panel.tsx - any two revisions of a procedure, or the nation's and an agency's, side by side.
import { Button, Group, Select } from "@mantine/core";
import { useState } from "react";
import { formatDate } from "@shared/format.ts";
import type { Revision } from "../../api/procedures.ts";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { DifferenceView } from "./difference_view.tsx";
import { onTimeLine, overlaidAgencies, usualComparison } from "./revisions.ts";
import classes from "./procedures.module.css";

interface Props {
  code: string;
  revisions: Revision[];
  // The officer's own agency is offered too: what lies over it may come from further up.
  own: string;
  nameOf: (agency: string) => string;
}

// Selects have no empty value.
const nation = "nation";

export function ComparePanel({ code, revisions, own, nameOf }: Props) {
  const { t } = useLanguage();
  const words = t.procedures;
  const [{ from, to }, setPair] = useState(() => usualComparison(revisions));
  const agencies = [...new Set([...overlaidAgencies(revisions), ...(own === "" ? [] : [own])])];
  const choices = [
    { value: nation, label: words.nationToday },
    ...agencies.map((agency) => ({ value: agency, label: words.agencyToday(nameOf(agency)) })),
    ...onTimeLine(revisions)
      .filter((one) => one.layer === "nation")
      .map((one) => ({ value: one.digest, label: `${words.revisionFrom(one.from ? words.from(formatDate(one.from)) : words.always)} (${one.digest.slice(0, 8)})` })),
  ];
  // A digest that came back into force stands once.
  const data = choices.filter((each, index) => choices.findIndex((other) => other.value === each.value) === index);
  const labelOf = (value: string) => data.find((each) => each.value === (value || nation))?.label ?? value;
  const chosen = (value: string | null) => (value === null || value === nation ? "" : value);
  return (
    <section aria-labelledby="compare-title" className={classes["section"]}>
      <div className="page-head">
        <h2 id="compare-title">{words.compare}</h2>
        <Button className="no-print" variant="default" leftSection={<Icon name="print" size={15} />} onClick={() => window.print()}>
          {t.common.print}
        </Button>
      </div>
      <Group gap="sm" align="flex-end" className="no-print" mb="sm">
        <Select className={classes["choice"] ?? ""} label={words.compareFrom} allowDeselect={false} value={from || nation} data={data} onChange={(value) => setPair({ from: chosen(value), to })} comboboxProps={{ transitionProps: { duration: 0 } }} />
        <Select className={classes["choice"] ?? ""} label={words.compareTo} allowDeselect={false} value={to || nation} data={data} onChange={(value) => setPair({ from, to: chosen(value) })} comboboxProps={{ transitionProps: { duration: 0 } }} />
        <Button variant="default" onClick={() => setPair({ from: to, to: from })}>
          {words.swap}
        </Button>
      </Group>
      <p className="print-only">
        {labelOf(from)} → {labelOf(to)}
      </p>
      {from === to ? <p className="quiet">{words.chooseTwo}</p> : <DifferenceView code={code} from={from} to={to} />}
    </section>
  );
}
