// entry_facts.tsx - what was understood of a page of the catalogue, part by part.
import type { ReactNode } from "react";
import { formatMoney } from "@shared/format.ts";
import type { CatalogueEntry, StatedFee } from "../../api/catalogue.ts";
import { useLanguage } from "../../i18n/language.tsx";
import { limitInWords } from "./mending.ts";
import classes from "./procedures.module.css";

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function EntryFacts({ entry }: { entry: CatalogueEntry }) {
  const { t, language } = useLanguage();
  const words = t.entry;
  const doubt = <span className={classes["bad"]}> ({words.notUnderstood})</span>;
  const list = (items: ReactNode[]) => (items.length === 0 ? words.noneStated : <ul>{items.map((item, index) => <li key={index}>{item}</li>)}</ul>);
  const feeText = (fee: StatedFee) => {
    if (fee.kind !== "amount") return words.fees[fee.kind];
    return fee.currency && fee.currency !== "VND" ? `${fee.amount ?? 0} ${fee.currency}` : formatMoney(fee.amount ?? 0);
  };
  return (
    <dl className={classes["facts"]}>
      <Part title={words.ministry}>{entry.ministry || words.noneStated}</Part>
      <Part title={words.decision}>{entry.decision || words.noneStated}</Part>
      <Part title={words.tiers}>{(entry.tiers ?? []).map((tier) => words.tierNames[tier] ?? tier).join(", ") || words.noneStated}</Part>
      <Part title={words.field}>{entry.field || words.noneStated}</Part>
      <Part title={words.subjects}>{(entry.subjects ?? []).join(", ") || words.noneStated}</Part>
      <Part title={words.agencies}>{(entry.agencies ?? []).join("; ") || words.noneStated}</Part>
      <Part title={words.channels}>
        {list(
          (entry.channels ?? []).map((line) => (
            <>
              <strong>{t.channel[line.channel] ?? line.channel}</strong>: {line.limit ? limitInWords(line.limit, t.catalogue, language) : words.noLimit}
              {!line.limit && line.limit_stated && doubt}
              {line.fees.map((fee, index) => (
                <div key={index}>
                  {feeText(fee)}
                  {fee.note && <span className="quiet"> {fee.note}</span>}
                  {fee.understood === false && doubt}
                </div>
              ))}
            </>
          )),
        )}
      </Part>
      {(entry.cases ?? []).length > 0 && <Part title={words.cases}>{list((entry.cases ?? []).map((each) => `${each.name}${each.limit ? ` (${limitInWords(each.limit, t.catalogue, language)})` : ""}`))}</Part>}
      <Part title={words.components}>
        {list(
          (entry.components ?? []).map((component) => (
            <>
              {component.group && <span className="quiet">{component.group}: </span>}
              {component.name}{" "}
              <span className="quiet">
                ({component.instruction ? words.instruction : `${component.kind === "show" ? `${words.toShow}, ` : ""}${words.counts(String(component.originals), String(component.copies))}`})
              </span>
              {!component.understood && doubt}
            </>
          )),
        )}
      </Part>
      <Part title={words.results}>
        {list(
          (entry.results ?? []).map((result) => (
            <>
              {result.name} <span className="quiet figures">{result.code}</span>
            </>
          )),
        )}
      </Part>
      <Part title={words.legalBasis}>{list((entry.legal_basis ?? []).map((basis) => [basis.number, basis.title].filter(Boolean).join(": ")))}</Part>
      <Part title={words.conditions}>
        <span className={classes["published"]}>{entry.conditions || words.noneStated}</span>
      </Part>
      <Part title={words.steps}>
        <span className={classes["published"]}>{entry.steps || words.noneStated}</span>
      </Part>
    </dl>
  );
}
