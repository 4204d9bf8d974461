// FeeTable.tsx - what is to be paid and why, before anybody has to decide.
import { formatMoney } from "@shared/format.ts";
import type { Fee } from "@shared/schemas.ts";
import { useLanguage } from "../language/language.tsx";

export function FeeTable({ fee }: { fee: Fee | undefined | null }) {
  const { strings, say } = useLanguage();
  if (!fee) return <p>{strings.filing.feeUnknown}</p>;
  if (fee.total === 0) return <p>{strings.filing.feeNone}</p>;
  return (
    <>
      <table className="table">
        <tbody>
          {(fee.lines ?? []).map((line) => (
            <tr key={line.code}>
              <th scope="row">
                {say(line.name)}
                {say(line.reason) !== "" && <span className="soft"> {say(line.reason)}</span>}
              </th>
              <td className="amount">{formatMoney(line.amount)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{strings.filing.feeTotal}</th>
            <td className="amount">{formatMoney(fee.total)}</td>
          </tr>
        </tfoot>
      </table>
      {fee.example_value && <p className="soft">{strings.procedure.exampleValue}</p>}
    </>
  );
}
