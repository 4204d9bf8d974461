// fee_box.tsx - what it costs and why, what has been paid, and the receipts.
import { Button } from "@mantine/core";
import { formatDateTime, formatMoney } from "@shared/format.ts";
import type { Dossier } from "@shared/schemas.ts";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { offeredActions, type OfferedAction } from "./actions/registry.ts";
import classes from "./dossier.module.css";
import { openDocument } from "./documents.ts";

interface Props {
  dossier: Dossier;
  onAction: (action: OfferedAction) => void;
}

export function FeeBox({ dossier, onAction }: Props) {
  const { t, say } = useLanguage();
  const fee = dossier.fee;
  const lines = fee?.lines ?? [];
  const payments = fee?.payments ?? [];
  const money = offeredActions(dossier).filter(
    (action) => action.allowed && (action.name === "record_payment" || action.name === "record_refund"),
  );
  return (
    <section className={classes["group"]}>
      <h2>{t.fee.title}</h2>
      {!fee || (lines.length === 0 && payments.length === 0) ? (
        <p>{t.fee.free}</p>
      ) : (
        <>
          <table className="data-table">
            <tbody>
              {lines.map((line) => (
                <tr key={line.code}>
                  <td>
                    {say(line.name)}
                    <div className="quiet">{say(line.reason)}</div>
                  </td>
                  <td className="number nowrap">{formatMoney(line.amount)}</td>
                </tr>
              ))}
              <tr>
                <th scope="row">{t.fee.total}</th>
                <td className="number nowrap">
                  <strong>{formatMoney(fee.total)}</strong>
                </td>
              </tr>
              <tr>
                <th scope="row">{t.fee.paid}</th>
                <td className="number nowrap">{formatMoney(fee.paid)}</td>
              </tr>
              <tr data-owed={fee.outstanding > 0 || undefined} className={classes["owed"]}>
                <th scope="row">{t.fee.outstanding}</th>
                <td className="number nowrap">
                  {fee.outstanding > 0 ? <strong>{formatMoney(fee.outstanding)}</strong> : <><Icon name="check" size={14} /> {t.fee.settled}</>}
                </td>
              </tr>
            </tbody>
          </table>
          {fee.example_value && (
            <p className="quiet">
              <Icon name="warning" size={14} /> {t.common.exampleValue}
            </p>
          )}
          {money.length > 0 && (
            <div className={classes["bar"]}>
              {money.map((action) => (
                <Button key={action.name} size="compact-md" variant={action.name === "record_payment" && fee.outstanding > 0 ? "filled" : "default"} onClick={() => onAction(action)}>
                  {t.actions.names[action.name]}
                </Button>
              ))}
            </div>
          )}
          {payments.length > 0 && (
            <>
              <h3 className={classes["small"]}>{t.fee.payments}</h3>
              <ul className={classes["plain"]}>
                {payments.map((payment) => (
                  <li key={payment.receipt}>
                    <strong className="figures">
                      {payment.kind === "refund" ? `${t.fee.refund} −` : `${t.fee.payment} `}
                      {formatMoney(payment.amount)}
                    </strong>{" "}
                    <span className="quiet">
                      {[t.fee.methods[payment.method] ?? payment.method, formatDateTime(payment.at), payment.by, payment.reason].filter(Boolean).join(" · ")}
                    </span>
                    <Button size="compact-xs" variant="subtle" leftSection={<Icon name="print" size={13} />} aria-label={t.fee.printReceipt(payment.receipt ?? "")} onClick={() => openDocument(dossier.id, `payment-${payment.receipt}`)}>
                      {payment.receipt}
                    </Button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </section>
  );
}
