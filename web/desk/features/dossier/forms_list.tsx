// forms_list.tsx - the seven forms and the other prints of a dossier, each one press from the printer.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import type { Dossier } from "@shared/schemas.ts";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { followUpAddress } from "../follow_up/follow_up_filter.ts";
import classes from "./dossier.module.css";
import { documentUrl } from "./documents.ts";
import { printedForms, type PrintedForm } from "./printed_forms.ts";

export function FormsList({ dossier, onShow }: { dossier: Dossier; onShow: (file: string) => void }) {
  const { t } = useLanguage();
  const words = t.forms;
  const numbers = dossier.numbers ?? {};
  const titleOf = (form: PrintedForm): string => {
    if (form.document) return words.titles[form.document];
    if (form.kind === "result") return words.result;
    return form.kind === "refund" ? words.refundOf(form.number) : words.receiptOf(form.number);
  };
  const about = (form: PrintedForm): string =>
    [
      form.number !== "" && (form.kind === "form" || form.kind === "result") ? words.numbered(form.number) : "",
      form.draft ? words.draft : "",
      form.document === "control-slip" ? words.fromEvents : "",
    ]
      .filter((text) => text !== "")
      .join(" · ");
  const book = numbers.book ?? "";
  const year = numbers.book_year ?? "";
  return (
    <section className={classes["group"]}>
      <h2>{words.title}</h2>
      <ul className={classes["forms"]}>
        {printedForms(dossier).map((form) => {
          const title = titleOf(form);
          const details = about(form);
          return (
            <li key={form.key}>
              <span className={classes["formNumber"]}>
                {form.form ? words.number(form.form) : <span className="sr-only">{words.noForm}</span>}
              </span>
              <div className={classes["formTitle"]}>
                <div>{title}</div>
                {details !== "" && <div className="quiet">{details}</div>}
              </div>
              <div className={classes["formActions"]}>
                {form.document === "slip" && (
                  <Button component="a" size="compact-sm" variant="subtle" href={documentUrl(dossier.id, "slip", "en")} target="_blank" rel="noreferrer">
                    {words.english}
                  </Button>
                )}
                {form.viewed && (
                  <Button size="compact-sm" variant="subtle" leftSection={<Icon name="eye" size={14} />} aria-label={words.lookAt(title)} onClick={() => onShow(form.viewed ?? "")}>
                    {words.look}
                  </Button>
                )}
                <Button component="a" size="compact-sm" variant="default" leftSection={<Icon name="print" size={14} />} href={form.url} target="_blank" rel="noreferrer" aria-label={words.print(title)}>
                  {words.printShort}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
      {book !== "" && (
        <p className={classes["bookLine"]}>
          {words.book(book, year, numbers.book_number ?? "")}.{" "}
          <Link href={followUpAddress({ agency: dossier.receiving_agency?.id ?? dossier.agency?.id ?? "", book, year, from: "", to: "" })}>{words.openBook}</Link>
        </p>
      )}
    </section>
  );
}
