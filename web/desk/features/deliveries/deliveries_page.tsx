// deliveries_page.tsx - what goes out, what failed, what was set aside: the administrator tries again or gives up.
import { Alert, Button, Group, SegmentedControl } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { Problem } from "@shared/api/problem.ts";
import { formatDateTime } from "@shared/format.ts";
import { tryAgain, useDeliveries, type Delivery, type DeliveryState } from "../../api/deliveries.ts";
import { useSession } from "../../api/queries.ts";
import { announceDone } from "../../components/announce.ts";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { hasPlace } from "../officers/roles.ts";
import { GiveUpDialog } from "./give_up_dialog.tsx";
import { countText, isStuck } from "./waiting.ts";

const states: DeliveryState[] = ["set_aside", "retrying", "waiting"];

export default function DeliveriesPage() {
  const { t } = useLanguage();
  const words = t.deliveries;
  const cache = useQueryClient();
  const session = useSession();
  const allowed = hasPlace(session.data?.officer, "deliveries");
  const [state, setState] = useState<DeliveryState>("set_aside");
  const [givingUp, setGivingUp] = useState<Delivery | null>(null);
  const [key, setKey] = useState(newIntentKey);
  const list = useDeliveries(state, allowed);

  const changed = (count: number) => {
    setKey(newIntentKey());
    announceDone(words.done(String(count)), count > 0 ? "green" : "gray");
    void cache.invalidateQueries({ queryKey: ["deliveries"] });
    void cache.invalidateQueries({ queryKey: ["deliveries-set-aside"] });
  };
  const again = useMutation({
    mutationFn: (items: number[] | null) => tryAgain(items, key),
    onSuccess: (answer) => changed(answer.changed),
    onError: (error) => {
      // A cut line keeps the key: it is not known whether it was done.
      if (error instanceof Problem && !error.passing) setKey(newIntentKey());
    },
  });

  if (!allowed) {
    return (
      <div className="page">
        <PageTitle>{words.title}</PageTitle>
        <p>{words.onlyAdministrators}</p>
      </div>
    );
  }
  const counts = list.data?.pages.at(0)?.counts;
  const rows = (list.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{words.title}</PageTitle>
        {state === "set_aside" && rows.length > 0 && (
          <Button loading={again.isPending} onClick={() => again.mutate(null)}>
            {words.retryAll}
          </Button>
        )}
      </div>
      <p className="quiet">{words.lead}</p>
      <Group gap="md" mb="sm">
        <SegmentedControl
          value={state}
          onChange={(value) => setState(value as DeliveryState)}
          transitionDuration={0}
          data={states.map((each) => ({ value: each, label: counts ? `${words.states[each]} (${countText(counts[each], counts.at_most)})` : words.states[each] }))}
        />
        {counts?.oldest_at && <span className="quiet">{words.oldest(formatDateTime(counts.oldest_at))}</span>}
      </Group>
      {isStuck(counts?.oldest_at ?? null, Date.now()) && (
        <Alert color="yellow" mb="sm" role="status">
          {words.stuck}
        </Alert>
      )}
      {list.isPending && <Loading />}
      <ProblemAlert error={list.error ?? again.error} onRetry={() => void list.refetch()} />
      {list.data && rows.length === 0 && <p role="status">{words.empty}</p>}
      {rows.length > 0 && (
        <ScrollX label={words.list}>
          <table className="data-table">
            <caption className="sr-only">{words.list}</caption>
            <thead>
              <tr>
                <th scope="col">{words.columns.code}</th>
                <th scope="col">{words.columns.kind}</th>
                <th scope="col">{words.columns.to}</th>
                <th scope="col">{words.columns.written}</th>
                <th scope="col" className="number">{words.columns.attempts}</th>
                <th scope="col">{words.columns.error}</th>
                <th scope="col">{words.columns.next}</th>
                <th scope="col">
                  <span className="sr-only">{words.retry}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td className="figures nowrap">{row.code}</td>
                  <td>
                    {words.kinds[row.kind] ?? row.kind}
                    {row.what && <div className="quiet">{row.what}</div>}
                  </td>
                  <td>{row.to}</td>
                  <td className="figures nowrap">{formatDateTime(row.written_at)}</td>
                  <td className="number">{row.attempts}</td>
                  <td>{row.in_doubt ? words.inDoubt : row.error}</td>
                  <td className="figures nowrap">{formatDateTime(row.next_at)}</td>
                  <td>
                    <Group gap={6} wrap="nowrap">
                      <Button size="compact-sm" variant="default" aria-label={words.retryOf(String(row.id))} disabled={again.isPending} onClick={() => again.mutate([row.id])}>
                        {words.retry}
                      </Button>
                      <Button size="compact-sm" variant="subtle" color="red" aria-label={words.giveUpOf(String(row.id))} onClick={() => setGivingUp(row)}>
                        {words.giveUp}
                      </Button>
                    </Group>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {list.hasNextPage && (
        <Button mt="sm" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {words.more}
        </Button>
      )}
      {givingUp && (
        <GiveUpDialog
          delivery={givingUp}
          onDone={(count) => {
            setGivingUp(null);
            changed(count);
          }}
          onClose={() => setGivingUp(null)}
        />
      )}
    </div>
  );
}
