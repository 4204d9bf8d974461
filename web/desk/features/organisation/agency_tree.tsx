// agency_tree.tsx - agencies below agencies; each opens what is below it, and leads to its own page.
import { useState } from "react";
import { Link } from "wouter";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./organisation.module.css";
import { holds, type Branch } from "./tree.ts";

interface Props {
  branches: Branch[];
  // The code of the agency that is looked at.
  here: string;
  on: string;
  // All of it, as after a search.
  open: boolean;
}

function Node({ branch, here, on, open }: Omit<Props, "branches"> & { branch: Branch }) {
  const { t, say } = useLanguage();
  const { agency, below } = branch;
  const [chosen, setChosen] = useState<boolean | null>(null);
  const shown = chosen ?? (open || agency.parent === null || below.some((one) => holds(one, here)));
  return (
    <li>
      <div className={classes["row"]}>
        {below.length > 0 ? (
          <button type="button" className={classes["toggle"]} aria-expanded={shown} aria-label={t.organisation.below(say(agency.name))} onClick={() => setChosen(!shown)}>
            <Icon name={shown ? "down" : "next"} size={13} />
          </button>
        ) : (
          <span className={classes["toggle"]} />
        )}
        <Link href={`/organisation/${agency.id}${on ? `?on=${on}` : ""}`} className={classes["agency"] ?? ""} aria-current={agency.id === here ? "true" : undefined}>
          <span className={classes["code"]}>{agency.id}</span> {say(agency.name)}
        </Link>
      </div>
      {shown && below.length > 0 && <AgencyTree branches={below} here={here} on={on} open={open} />}
    </li>
  );
}

export function AgencyTree({ branches, here, on, open }: Props) {
  return (
    <ul className={classes["tree"]}>
      {branches.map((branch) => (
        <Node key={`${branch.agency.id}${open}`} branch={branch} here={here} on={on} open={open} />
      ))}
    </ul>
  );
}
