// transport_list.tsx - one side's list: ticked rows are handed over with one slip, or taken over together.
import { Alert, Badge, Button, Checkbox, Group, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { newIntentKey } from "@shared/api/intent.ts";
import { Problem } from "@shared/api/problem.ts";
import { formatDateTime } from "@shared/format.ts";
import { handOver, takeOver, useTransports, type Outcome, type Side, type TransportItem } from "../../api/transports.ts";
import { Icon } from "../../components/icon.tsx";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { doneCount, keyOfItem, refusals, stillThere, toggled } from "./chosen.ts";
import { DiscrepancyDialog } from "./discrepancy_dialog.tsx";
import { printSlip } from "./print_slip.ts";

interface Sent {
  slip: string | null;
  items: Outcome[];
}

export function TransportList({ side }: { side: Side }) {
  const { t, say } = useLanguage();
  const words = t.transports;
  const cache = useQueryClient();
  const list = useTransports(side, true);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [carrier, setCarrier] = useState("");
  const [note, setNote] = useState("");
  const [carrierMissing, setCarrierMissing] = useState(false);
  const [key, setKey] = useState(newIntentKey);
  const [sent, setSent] = useState<Sent | null>(null);
  const [lacking, setLacking] = useState<TransportItem | null>(null);
  const items = (list.data?.pages ?? []).flatMap((page) => page.items);
  const ticked = stillThere(chosen, items);
  const late = items.filter((item) => item.transport.late).length;

  const refresh = () => {
    for (const name of ["transports", "hand-over-slips", "inbox"]) void cache.invalidateQueries({ queryKey: [name] });
  };
  const finished = (answer: Sent) => {
    setSent(answer);
    setChosen(new Set());
    setKey(newIntentKey());
    refresh();
  };
  const choose = (next: ReadonlySet<string>) => {
    setChosen(next);
    setKey(newIntentKey());
  };
  const send = useMutation({
    mutationFn: async (): Promise<Sent> => {
      const choices = ticked.map((item) => ({ dossier: item.dossier.id, transport: item.transport.number }));
      if (side === "out") return handOver({ items: choices, carrier: carrier.trim(), ...(note.trim() !== "" && { note: note.trim() }) }, key);
      return { slip: null, ...(await takeOver({ items: choices }, key)) };
    },
    onSuccess: finished,
    onError: (error) => {
      // A cut line keeps the key: it is not known whether it was done.
      if (!(error instanceof Problem) || error.passing) return;
      setKey(newIntentKey());
      refresh();
    },
  });
  const submit = () => {
    const missing = side === "out" && carrier.trim() === "";
    setCarrierMissing(missing);
    if (!missing && ticked.length > 0) send.mutate();
  };
  const codeOf = (outcome: Outcome) => items.find((item) => item.dossier.id === outcome.dossier)?.dossier.code ?? outcome.dossier;

  if (list.isPending) return <Loading />;
  return (
    <>
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {sent && (
        <Alert role="status" color={refusals(sent.items).length > 0 ? "yellow" : "green"} mb="sm" withCloseButton closeButtonLabel={t.common.close} onClose={() => setSent(null)}>
          <div>
            {words.done(doneCount(sent.items))} {sent.slip && words.slipMade(sent.slip)}
          </div>
          {refusals(sent.items).map((one) => (
            <div key={`${one.dossier}:${one.transport}`}>{words.refused(codeOf(one), say(one.problem?.detail))}</div>
          ))}
          {sent.slip && (
            <Button mt={6} size="compact-sm" variant="default" leftSection={<Icon name="print" size={15} />} onClick={() => void printSlip(sent.slip ?? "")}>
              {words.print}
            </Button>
          )}
        </Alert>
      )}
      {late > 0 && (
        <Alert color="red" icon={<Icon name="warning" />} mb="sm">
          {words.lateCount(late)}
        </Alert>
      )}
      {items.length === 0 && !list.error && <p role="status">{words.empty[side]}</p>}
      {items.length > 0 && (
        <>
          <ScrollX label={words.list[side]}>
            <table className="data-table">
              <caption className="sr-only">{words.list[side]}</caption>
              <thead>
                <tr>
                  <th scope="col">
                    <Checkbox
                      size="xs"
                      aria-label={words.chooseAll}
                      checked={ticked.length === items.length}
                      indeterminate={ticked.length > 0 && ticked.length < items.length}
                      onChange={() => choose(ticked.length === items.length ? new Set() : new Set(items.map(keyOfItem)))}
                    />
                  </th>
                  <th scope="col">{words.columns.code}</th>
                  <th scope="col">{words.columns.what}</th>
                  <th scope="col">{words.columns.way}</th>
                  <th scope="col">{words.columns.due}</th>
                  {side === "in" && <th scope="col">{words.columns.slip}</th>}
                  {side === "in" && (
                    <th scope="col">
                      <span className="sr-only">{words.discrepancy}</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {items.map((item) => {
                  const { dossier, transport } = item;
                  return (
                    <tr key={keyOfItem(item)}>
                      <td>
                        <Checkbox size="xs" aria-label={words.choose(dossier.code)} checked={chosen.has(keyOfItem(item))} onChange={() => choose(toggled(chosen, keyOfItem(item)))} />
                      </td>
                      <td>
                        <Link href={`/dossiers/${encodeURIComponent(dossier.id)}`} className="figures nowrap">
                          {dossier.code}
                        </Link>
                        <div>{dossier.applicant}</div>
                        <div className="quiet">{say(dossier.procedure.name)}</div>
                      </td>
                      <td>
                        <div className="quiet">{words.cargo[transport.cargo] ?? transport.cargo}</div>
                        {transport.pieces.map((piece) => (
                          <div key={piece.component}>{words.piece(piece.name, piece.count)}</div>
                        ))}
                      </td>
                      <td>
                        {say(transport.from.name)} → {say(transport.to.name)}
                      </td>
                      <td className="figures">
                        {transport.due_at ? formatDateTime(transport.due_at) : ""}
                        {transport.late && (
                          <div>
                            <Badge color="red" size="sm">
                              {words.late}
                            </Badge>
                          </div>
                        )}
                      </td>
                      {side === "in" && (
                        <td>
                          <span className="figures">{transport.slip}</span>
                          <div className="quiet">{transport.carrier}</div>
                        </td>
                      )}
                      {side === "in" && (
                        <td>
                          <Button size="compact-sm" variant="subtle" color="red" aria-label={words.discrepancyOf(dossier.code)} onClick={() => setLacking(item)}>
                            {words.discrepancy}
                          </Button>
                        </td>
                      )}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </ScrollX>
          {list.hasNextPage && (
            <Button mt="sm" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t.deliveries.more}
            </Button>
          )}
          <Group mt="md" align="end" gap="sm">
            {side === "out" && (
              <>
                <TextInput
                  label={words.carrier}
                  required
                  maxLength={200}
                  value={carrier}
                  error={carrierMissing && words.carrierMissing}
                  onChange={(event) => {
                    setCarrier(event.currentTarget.value);
                    setKey(newIntentKey());
                  }}
                />
                <TextInput
                  label={`${words.note} (${t.common.optional})`}
                  maxLength={500}
                  value={note}
                  onChange={(event) => {
                    setNote(event.currentTarget.value);
                    setKey(newIntentKey());
                  }}
                />
              </>
            )}
            <Button disabled={ticked.length === 0} loading={send.isPending} onClick={submit}>
              {side === "out" ? words.handOver(ticked.length) : words.takeOver(ticked.length)}
            </Button>
          </Group>
        </>
      )}
      <ProblemAlert error={send.error} />
      {lacking && (
        <DiscrepancyDialog
          item={lacking}
          onClose={() => setLacking(null)}
          onDone={(outcomes) => {
            setLacking(null);
            finished({ slip: null, items: outcomes });
          }}
        />
      )}
    </>
  );
}
