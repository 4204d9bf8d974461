// proposal_items.tsx - what a proposal holds, a page of it at a time, each with its test and its difference.
import { Button, Checkbox, Group, Pagination, Select, TextInput } from "@mantine/core";
import { Fragment, useMemo, useState } from "react";
import { formatDate } from "@shared/format.ts";
import type { ProposedItem } from "../../api/procedures.ts";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { countText } from "./counting.ts";
import { DifferenceView } from "./difference_view.tsx";
import { concernOf, itemsToShow, type ItemFilter } from "./proposed_items.ts";
import classes from "./procedures.module.css";

const perPage = 50;
const kinds = ["package", "overlay", "withdrawal"] as const;

// An overlay is held against what its agency has now, a package against the nation's.
const comparisonOf = (item: ProposedItem) => ({ from: item.kind === "overlay" ? item.agency : "", to: item.tested_digest || item.digest });

interface Props {
  items: ProposedItem[];
  nameOf: (agency: string) => string;
  // Once it is in force, it would be compared with itself.
  comparable: boolean;
}

export function ProposalItems({ items, nameOf, comparable }: Props) {
  const { t, language } = useLanguage();
  const words = t.proposals;
  const [filter, setFilter] = useState<ItemFilter>({ words: "", kind: "", concernsOnly: false });
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<string | null>(null);
  const shown = useMemo(() => itemsToShow(items, filter), [items, filter]);
  const concerns = useMemo(() => items.filter((item) => concernOf(item) !== null).length, [items]);
  const change = (part: Partial<ItemFilter>) => {
    setFilter({ ...filter, ...part });
    setPage(1);
  };
  const begin = (page - 1) * perPage;
  const rows = shown.slice(begin, begin + perPage);
  const count = (value: number) => countText(value, language);
  return (
    <section aria-labelledby="items-title" className={classes["section"]}>
      <h2 id="items-title">
        {words.items} ({count(items.length)})
      </h2>
      <Group gap="sm" align="flex-end" mb="sm">
        <TextInput className={classes["search"] ?? ""} type="search" label={words.find} autoComplete="off" value={filter.words} onChange={(event) => change({ words: event.currentTarget.value })} />
        <Select
          label={words.itemColumns.kind}
          allowDeselect={false}
          value={filter.kind || "all"}
          onChange={(value) => change({ kind: kinds.find((each) => each === value) ?? "" })}
          data={[{ value: "all", label: words.allKinds }, ...kinds.map((each) => ({ value: each, label: words.kinds[each] }))]}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        {concerns > 0 && <Checkbox mb={8} label={words.problemsOnly(count(concerns))} checked={filter.concernsOnly} onChange={(event) => change({ concernsOnly: event.currentTarget.checked })} />}
      </Group>
      {concerns === 0 && <p className="quiet">{words.noProblems}</p>}
      <p role="status" className="quiet">
        {shown.length === 0 ? words.noItems : words.shown(count(begin + 1), count(begin + rows.length), count(shown.length))}
      </p>
      {rows.length > 0 && (
        <ScrollX label={words.items}>
          <table className="data-table">
            <caption className="sr-only">{words.items}</caption>
            <thead>
              <tr>
                <th scope="col">{words.itemColumns.code}</th>
                <th scope="col">{words.itemColumns.name}</th>
                <th scope="col">{words.itemColumns.kind}</th>
                <th scope="col">{words.itemColumns.from}</th>
                <th scope="col">{words.itemColumns.tested}</th>
                <th scope="col">{words.itemColumns.difference}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((item) => {
                const key = `${item.code}@${item.agency}`;
                const concern = concernOf(item);
                return (
                  <Fragment key={key}>
                    <tr>
                      <td className="figures nowrap">{item.code}</td>
                      <td className={classes["wide"]}>{item.name}</td>
                      <td>
                        {words.kinds[item.kind]}
                        {item.agency && <div className="quiet">{nameOf(item.agency)}</div>}
                      </td>
                      <td className="figures">
                        {item.from ? formatDate(item.from) : words.today}
                        {item.to && <div className="quiet">{t.procedures.to(formatDate(item.to))}</div>}
                      </td>
                      <td>
                        {item.kind === "withdrawal" ? (
                          <span className="quiet">{words.notNeeded}</span>
                        ) : (
                          <>
                            {words.scenarios(count(item.scenarios))}, {words.branches(count(item.covered), count(item.branches))}
                            {concern && <div className={classes["bad"]}>{words[concern]}</div>}
                          </>
                        )}
                      </td>
                      <td>
                        {item.kind !== "withdrawal" && comparable && (
                          <Button
                            size="compact-sm"
                            variant="default"
                            aria-expanded={open === key}
                            aria-label={words.showDifference(item.code)}
                            onClick={() => setOpen(open === key ? null : key)}
                          >
                            {words.itemColumns.difference}
                          </Button>
                        )}
                      </td>
                    </tr>
                    {open === key && (
                      <tr>
                        <td colSpan={6} className={classes["unfolded"]}>
                          <h3>{words.differenceOf(item.code)}</h3>
                          <DifferenceView code={item.code} {...comparisonOf(item)} level={4} missing={item.kind === "package" ? t.procedures.isNew : words.laterComparable} />
                        </td>
                      </tr>
                    )}
                  </Fragment>
                );
              })}
            </tbody>
          </table>
        </ScrollX>
      )}
      {shown.length > perPage && (
        <nav aria-label={words.pages}>
          <Pagination
            mt="md"
            size="sm"
            total={Math.ceil(shown.length / perPage)}
            value={page}
            onChange={setPage}
            getItemProps={(number) => ({ "aria-label": words.page(number) })}
            getControlProps={(control) => ({ "aria-label": control === "previous" ? words.previous : words.next })}
          />
        </nav>
      )}
    </section>
  );
}
