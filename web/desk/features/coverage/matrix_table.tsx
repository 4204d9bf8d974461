// matrix_table.tsx - agencies by fields, or by the procedures of a field: where somebody is missing.
import { Button } from "@mantine/core";
import type { Matrix, Row } from "../../api/coverage.ts";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./coverage.module.css";
import { cellText, stateOf } from "./state.ts";

interface Props {
  pages: Matrix[];
  onAgency: (row: Row) => void;
  onColumn: ((id: string, name: string) => void) | null;
  onCell: (row: Row, column: string) => void;
}

export function MatrixTable({ pages, onAgency, onColumn, onCell }: Props) {
  const { t, say } = useLanguage();
  const words = t.coverage;
  const columns = pages[0]?.columns ?? [];
  const rows = pages.flatMap((page) => page.rows);
  return (
    <ScrollX label={words.matrix}>
      <table className={`data-table ${classes["matrix"]}`}>
        <caption className="sr-only">{words.matrix}</caption>
        <thead>
          <tr>
            <th scope="col">{words.agency}</th>
            <th scope="col">{words.total}</th>
            {columns.map((column) => (
              <th key={column.id} scope="col" title={say(column.name)}>
                {onColumn ? (
                  <Button size="compact-xs" variant="subtle" h="auto" styles={{ label: { whiteSpace: "normal" } }} onClick={() => onColumn(column.id, say(column.name))}>
                    {say(column.name)}
                  </Button>
                ) : (
                  <>
                    <span className="figures">{column.id}</span>
                    <div className="quiet">{say(column.name).slice(0, 60)}</div>
                  </>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.agency.id}>
              <th scope="row">{say(row.agency.name)}</th>
              <td>
                <button
                  type="button"
                  className={classes["cell"]}
                  data-state={stateOf(row.total)}
                  aria-label={`${cellText(row.total)}: ${words.proceduresOf(say(row.agency.name))}, ${words.cell(String(row.total.gaps), String(row.total.steps))}`}
                  onClick={() => onAgency(row)}
                >
                  {cellText(row.total)}
                </button>
              </td>
              {row.cells.map((cell, index) => {
                const column = columns[index];
                if (!column) return null;
                if (!cell || cell.steps === undefined) return <td key={column.id} />;
                const count = { steps: cell.steps, gaps: cell.gaps ?? 0, thin: cell.thin ?? 0 };
                return (
                  <td key={column.id}>
                    <button
                      type="button"
                      className={classes["cell"]}
                      data-state={stateOf(count)}
                      aria-label={`${cellText(count)}: ${words.openCell(say(row.agency.name), say(column.name))}, ${words.cell(String(count.gaps), String(count.steps))}`}
                      onClick={() => onCell(row, column.id)}
                    >
                      {cellText(count)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}
