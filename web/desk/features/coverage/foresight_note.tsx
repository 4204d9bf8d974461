// foresight_note.tsx - "if you do this, 14 steps of 6 procedures have nobody": for the dialog of the deed.
//
// Give it what is about to be done (api/coverage.ts, Change); it asks, and says so where something
// would be left without anybody.  It never stands in the way of the deed.
import { Alert, Loader } from "@mantine/core";
import { formatDateTime } from "@shared/format.ts";
import { useForesight, type Change } from "../../api/coverage.ts";
import { useLanguage } from "../../i18n/language.tsx";

const kShown = 6;

export function ForesightNote({ changes }: { changes: Change[] }) {
  const { t, say } = useLanguage();
  const words = t.coverage;
  const foresight = useForesight(changes);
  if (changes.length === 0) return null;
  if (foresight.isPending) {
    return (
      <p className="quiet" role="status">
        <Loader size="xs" mr={6} />
        {words.foreseeing}
      </p>
    );
  }
  if (foresight.error) return <p className="quiet" role="status">{words.foreseenFailed}</p>;
  const seen = foresight.data;
  if (seen.steps === 0) return <p className="quiet" role="status">{say(seen.text)}</p>;
  return (
    <Alert color="red" mt="xs" mb="xs" role="alert" title={say(seen.text)}>
      <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
        {seen.gaps.slice(0, kShown).map((gap) => (
          <li key={`${gap.agency.id}/${gap.action}/${gap.role}/${gap.from}`}>
            {say(gap.agency.name)}: {say(gap.role_title)} — {words.steps(String(gap.steps), String(gap.procedures))}
            {gap.from && Date.parse(gap.from) > Date.now() && `, ${words.since.toLocaleLowerCase()} ${formatDateTime(gap.from)}`}
            {gap.until && `, ${words.until(formatDateTime(gap.until))}`}
            {gap.candidates.length > 0 && (
              <span className="quiet">
                {" "}
                ({words.couldGive.toLocaleLowerCase()}: {gap.candidates.map((each) => each.name).join(", ")})
              </span>
            )}
          </li>
        ))}
        {seen.gaps_total > kShown && <li>{words.foreseenMore(String(seen.gaps_total - kShown))}</li>}
      </ul>
    </Alert>
  );
}
