// intake_done.tsx - taken in: code, due date, money, slip; then the next person, one key away.
import { Alert, Button, Group, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { formatDue, formatMoney } from "@shared/format.ts";
import type { Filed } from "@shared/schemas.ts";
import { sendCommand } from "../../api/commands.ts";
import { Icon } from "../../components/icon.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { Intent } from "../dossier/actions/intent.ts";
import { preparePayment, type PaymentMethod } from "../dossier/actions/payment.ts";
import { openDocument } from "../dossier/documents.ts";
import classes from "./intake.module.css";

interface Props {
  filed: Filed;
  onNext: (sameProcedure: boolean) => void;
}

export function IntakeDone({ filed, onNext }: Props) {
  const { t, say, language } = useLanguage();
  const words = t.intake.done;
  const [, navigate] = useLocation();
  const [intent] = useState(() => new Intent());
  const [method, setMethod] = useState<PaymentMethod>("cash");
  const [reference, setReference] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  const slip = useRef<HTMLButtonElement>(null);
  const total = filed.fee?.total ?? 0;
  const pay = useMutation({
    mutationFn: (body: object) =>
      sendCommand({ id: filed.id, version: filed.version, action: "record_payment", body, key: intent.keyFor(body, filed.version) }),
    onSuccess: () => slip.current?.focus(),
  });
  useEffect(() => (first.current ?? slip.current)?.focus(), []);
  const take = () => {
    const prepared = preparePayment({ amount: total, method, reference, reason: "" }, total, t);
    setProblem("problem" in prepared ? prepared.problem : null);
    if ("body" in prepared) pay.mutate(prepared.body);
  };
  const print = () => openDocument(filed.id, "slip");
  useShortcuts({ p: print, n: () => onNext(false) });
  return (
    <section className={classes["done"]} aria-labelledby="intake-done">
      <h2 id="intake-done">
        <Icon name="check" size={24} /> {words.title}
      </h2>
      <dl>
        <div>
          <dt>{words.code}</dt>
          <dd className={classes["code"]}>{filed.code}</dd>
        </div>
        <div>
          <dt>{words.due}</dt>
          <dd>
            <strong className="figures">{formatDue(filed.due_at ?? filed.expected_due_at, language)}</strong>
          </dd>
        </div>
        {filed.secret && (
          <div>
            <dt>{words.secret}</dt>
            <dd className="figures">{filed.secret}</dd>
          </div>
        )}
        <div>
          <dt>{words.toPay}</dt>
          <dd>
            {total === 0 ? (
              words.nothingToPay
            ) : pay.data ? (
              <span className={classes["paid"]}>
                <Icon name="check" size={16} /> {words.paid(pay.data.receipt ?? "")}
              </span>
            ) : (
              <>
                <strong className="figures">{formatMoney(total)}</strong>
                <Group gap="xs" mt={6} align="flex-end">
                  <SegmentedControl
                    size="sm"
                    transitionDuration={0}
                    aria-label={t.actions.payment.method}
                    value={method}
                    onChange={(value) => setMethod(value as PaymentMethod)}
                    data={[
                      { value: "cash", label: t.fee.methods["cash"] },
                      { value: "transfer", label: t.fee.methods["transfer"] },
                    ]}
                  />
                  {method === "transfer" && (
                    <TextInput aria-label={t.actions.payment.reference} placeholder={t.actions.payment.reference} value={reference} onChange={(event) => setReference(event.currentTarget.value)} />
                  )}
                  <Button ref={first} onClick={take} loading={pay.isPending}>
                    {words.take(formatMoney(total))}
                  </Button>
                </Group>
              </>
            )}
          </dd>
        </div>
      </dl>
      {problem && (
        <Alert role="alert" color="red" my="sm">
          {problem}
        </Alert>
      )}
      <ProblemAlert error={pay.error} />
      {filed.warnings && filed.warnings.length > 0 && (
        <Alert color="yellow" my="sm" icon={<Icon name="warning" />}>
          {filed.warnings.map((warning) => (
            <div key={warning.vi}>{say(warning)}</div>
          ))}
        </Alert>
      )}
      <Group gap="xs" mt="md">
        <Button ref={slip} variant={total > 0 && !pay.data ? "default" : "filled"} leftSection={<Icon name="print" size={16} />} onClick={print}>
          {words.printSlip}
        </Button>
        {pay.data?.receipt && (
          <Button variant="default" leftSection={<Icon name="print" size={16} />} onClick={() => openDocument(filed.id, `payment-${pay.data.receipt}`)}>
            {t.fee.printReceipt(pay.data.receipt)}
          </Button>
        )}
        <Button variant="default" onClick={() => onNext(false)}>
          {words.next}
        </Button>
        <Button variant="default" onClick={() => onNext(true)}>
          {words.nextSame}
        </Button>
        <Button variant="subtle" onClick={() => navigate(`/dossiers/${encodeURIComponent(filed.id)}`)}>
          {words.open}
        </Button>
      </Group>
      <p className="quiet">{words.keys}</p>
    </section>
  );
}
