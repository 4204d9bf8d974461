// slip_list.tsx - the hand-over slips of this counter, to be printed again.
import { Button } from "@mantine/core";
import { formatDateTime } from "@shared/format.ts";
import { useSlips } from "../../api/transports.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { printSlip } from "./print_slip.ts";

export function SlipList() {
  const { t, say } = useLanguage();
  const words = t.transports;
  const slips = useSlips(true);
  if (slips.isPending) return <Loading />;
  if (slips.error) return <ProblemAlert error={slips.error} onRetry={() => void slips.refetch()} />;
  if (slips.data.length === 0) return <p role="status">{words.noSlips}</p>;
  return (
    <ScrollX label={words.tabs.slips}>
      <table className="data-table">
        <caption className="sr-only">{words.tabs.slips}</caption>
        <thead>
          <tr>
            <th scope="col">{words.slipColumns.slip}</th>
            <th scope="col">{words.slipColumns.at}</th>
            <th scope="col">{words.slipColumns.from}</th>
            <th scope="col">{words.slipColumns.carrier}</th>
            <th scope="col" className="number">{words.slipColumns.count}</th>
            <th scope="col" className="number">{words.slipColumns.onTheWay}</th>
            <th scope="col">
              <span className="sr-only">{words.print}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {slips.data.map((slip) => (
            <tr key={slip.slip}>
              <td className="figures nowrap">{slip.slip}</td>
              <td className="figures nowrap">{formatDateTime(slip.at)}</td>
              <td>{say(slip.from.name)}</td>
              <td>{slip.carrier}</td>
              <td className="number">{slip.count}</td>
              <td className="number">{slip.on_the_way}</td>
              <td>
                <Button size="compact-sm" variant="default" aria-label={words.printOf(slip.slip)} onClick={() => void printSlip(slip.slip)}>
                  {words.print}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}
