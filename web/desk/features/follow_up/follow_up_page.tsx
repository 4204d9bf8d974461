// follow_up_page.tsx - the follow-up book (form 07) of a unit: every column, nothing to edit.
import { Alert, Button, Group, Select } from "@mantine/core";
import { useLocation, useSearch as useAddressQuery, Link } from "wouter";
import { makeUrl } from "@shared/api/client.ts";
import { formatDateTime } from "@shared/format.ts";
import { useAgencies, useSession } from "../../api/queries.ts";
import { useFollowUpBook, useFollowUpBooks } from "../../api/follow_up.ts";
import { DayInput } from "../../components/day_input.tsx";
import { Icon } from "../../components/icon.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { rememberQueue } from "../inbox/queue.ts";
import { bookUnits, usualUnit } from "./book_units.ts";
import { followUpAddress, followUpFilterFrom, followUpQuery, type FollowUpFilter } from "./follow_up_filter.ts";
import classes from "./follow_up.module.css";

// A book is one field in one year; both together are the choice.
const keyOf = (each: { book: string; year: string }): string => `${each.year} ${each.book}`;

export default function FollowUpPage() {
  const { t, say } = useLanguage();
  const words = t.followUp;
  const [, navigate] = useLocation();
  const session = useSession();
  const typed = followUpFilterFrom(useAddressQuery());
  const own = session.data?.officer?.agency ?? "";
  const agencies = useAgencies({});
  const keepers = bookUnits(agencies.data ?? [], own);
  const agency = typed.agency || (agencies.data && own !== "" ? usualUnit(keepers, own) : "");
  const books = useFollowUpBooks(agency);
  // Without a choice: the newest year's first book.
  const known = [...(books.data ?? [])].sort((a, b) => b.year.localeCompare(a.year) || a.book.localeCompare(b.book, "vi"));
  const chosen = known.find((each) => each.book === typed.book && each.year === typed.year) ?? known[0];
  const filter: FollowUpFilter = { ...typed, agency, book: chosen?.book ?? "", year: chosen?.year ?? "" };
  const query = followUpQuery(filter);
  const book = useFollowUpBook(query, chosen !== undefined);
  const rows = chosen ? (book.data?.pages ?? []).flatMap((page) => page.rows) : [];
  const apply = (change: Partial<FollowUpFilter>) => navigate(followUpAddress({ ...filter, ...change }), { replace: true });
  const units = keepers.map((each) => ({ value: each.id, label: `${say(each.name)} (${each.id})` }));
  const columns = words.columns;
  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{words.title}</PageTitle>
        {chosen && (
          <Group gap="xs" className="no-print">
            <Button component="a" href={makeUrl("/api/v1/follow-up-book.pdf", { query })} target="_blank" rel="noreferrer" variant="default" leftSection={<Icon name="print" size={15} />}>
              {words.pdf}
            </Button>
            <Button component="a" href={makeUrl("/api/v1/follow-up-book.xlsx", { query })} download variant="default" leftSection={<Icon name="download" size={15} />}>
              {words.xlsx}
            </Button>
          </Group>
        )}
      </div>
      <p className="quiet">{words.lead}</p>
      <Group gap="sm" align="flex-end" mb="md" className="no-print">
        <Select
          className={classes["unit"] ?? ""}
          label={words.unit}
          searchable
          limit={60}
          allowDeselect={false}
          value={agency || null}
          onChange={(id) => id && apply({ agency: id, book: "", year: "" })}
          data={units}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        <Select
          className={classes["book"] ?? ""}
          label={words.book}
          allowDeselect={false}
          disabled={known.length === 0}
          value={chosen ? keyOf(chosen) : null}
          onChange={(key) => {
            const next = known.find((each) => keyOf(each) === key);
            if (next) apply({ book: next.book, year: next.year, from: "", to: "" });
          }}
          data={known.map((each) => ({ value: keyOf(each), label: `${each.book} · ${each.year}` }))}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        <DayInput label={t.common.from} value={filter.from} onChange={(from) => apply({ from })} w={130} />
        <DayInput label={t.common.to} value={filter.to} onChange={(to) => apply({ to })} w={130} />
      </Group>
      <ProblemAlert error={books.error ?? book.error} onRetry={() => void (books.isError ? books.refetch() : book.refetch())} />
      {(books.isPending || (chosen && book.isPending)) && <Loading />}
      {books.data && !chosen && (
        <Alert color="gray" title={words.noBook}>
          {words.noBookHint}
        </Alert>
      )}
      {chosen && book.data && (
        <p role="status" className="quiet">
          {rows.length === 0 ? words.empty : words.shown(rows.length, book.hasNextPage)}
        </p>
      )}
      {rows.length > 0 && (
        <ScrollX label={words.table}>
          <table className={`data-table ${classes["table"] ?? ""}`}>
            <caption className="sr-only">{words.table}</caption>
            <thead>
              <tr>
                <th scope="col" className="number">{columns.number}</th>
                <th scope="col">{columns.code}</th>
                <th scope="col">{columns.procedure}</th>
                <th scope="col">{columns.applicant}</th>
                <th scope="col">{columns.contact}</th>
                <th scope="col">{columns.lead}</th>
                <th scope="col">{columns.received}</th>
                <th scope="col">{columns.due}</th>
                <th scope="col">{columns.returned}</th>
                <th scope="col">{columns.method}</th>
                <th scope="col">{columns.signed}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td className="number">{row.number}</td>
                  <td className="figures nowrap">
                    <Link
                      href={`/dossiers/${encodeURIComponent(row.id)}`}
                      onClick={() => rememberQueue({ address: followUpAddress(filter), ids: rows.map((each) => each.id) })}
                    >
                      {row.code}
                    </Link>
                  </td>
                  <td className={classes["wide"]}>{say(row.procedure.name)}</td>
                  <td className={classes["name"]}>{row.applicant}</td>
                  <td className={classes["wide"]}>
                    {row.address}
                    {row.phone && <div className="figures nowrap">{row.phone}</div>}
                  </td>
                  <td className={classes["name"]}>{say(row.lead_agency.name)}</td>
                  <td className={`figures ${classes["moment"] ?? ""}`}>{formatDateTime(row.received_at)}</td>
                  <td className={`figures ${classes["moment"] ?? ""}`}>
                    {formatDateTime(row.due_at)}
                    {row.appointed_at !== null && row.appointed_at !== row.due_at && (
                      <div className="quiet">{words.appointed(formatDateTime(row.appointed_at))}</div>
                    )}
                  </td>
                  <td className={`figures ${classes["moment"] ?? ""}`}>
                    {row.returned_at ? formatDateTime(row.returned_at) : ""}
                    <div className={classes["punctuality"]} data-late={row.punctuality === "late" || undefined}>
                      {words.punctuality[row.punctuality] ?? row.punctuality}
                    </div>
                  </td>
                  <td>{t.channel[row.return_method] ?? row.return_method}</td>
                  <td className={classes["name"]}>{row.received_by || "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {book.hasNextPage && (
        <Button mt="md" variant="default" loading={book.isFetchingNextPage} onClick={() => void book.fetchNextPage()}>
          {t.common.loadMore}
        </Button>
      )}
    </div>
  );
}
