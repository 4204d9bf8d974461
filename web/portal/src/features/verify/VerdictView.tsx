// VerdictView.tsx - what was found out about a proof, in plain words; or what is wrong, and what to do.
import { fill } from "@shared/language.ts";
import { toHex } from "@verifier/bytes.ts";
import type { Proof } from "@verifier/proof.ts";
import { Facts } from "../../components/Facts.tsx";
import { Notice } from "../../components/Notice.tsx";
import type { VerifyWords } from "../../language/verify_vi.ts";
import type { Verdict } from "./judge.ts";
import { moment } from "./moment.ts";
import { useWords } from "./words.ts";

// Longer contents are cut: they are for reading, the check has read all of it.
const longestShown = 20_000;

const titleOf = (words: VerifyWords, { kind, type }: Proof["leaf"]): string =>
  kind === "event" ? ((words.types as Record<string, string>)[type] ?? type) : `${words.kinds[kind]}: ${type}`;

function actorOf(words: VerifyWords, { opening }: Proof): string {
  if (!opening) return "";
  const { kind, name, agency } = opening.actor;
  const role = { "0": words.actors.citizen, "1": words.actors.officer, "2": words.actors.system }[kind] ?? kind;
  return [role, name, agency].filter((part) => part !== "").join(", ");
}

function readable(payload: string): string {
  let text = payload;
  try {
    text = JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    // Not JSON: shown as it is.
  }
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

function Content({ proof }: { proof: Proof }) {
  const words = useWords();
  if (!proof.opening) return <p className="soft">{words.contentNone}</p>;
  return (
    <details className="details">
      <summary>{words.contentTitle}</summary>
      <div>
        <p>{words.contentNote}</p>
        <pre className="verify-content" tabIndex={0} aria-label={words.contentTitle}>
          {readable(proof.opening.payload)}
        </pre>
      </div>
    </details>
  );
}

function ProofFacts({ verdict }: { verdict: Extract<Verdict, { good: true }> }) {
  const words = useWords();
  const { proof, key } = verdict;
  const { leaf, checkpoint, timestamp } = proof;
  const isFiling = leaf.kind === "event" && leaf.type === "filed";
  return (
    <Facts
      className="verify-facts"
      facts={[
        { name: words.factWhat, value: titleOf(words, leaf) },
        { name: isFiling ? words.factCode : words.factNumber, value: leaf.number },
        !isFiling && { name: words.factSubject, value: leaf.subject },
        { name: words.factAt, value: moment(leaf.at) },
        { name: words.factActor, value: actorOf(words, proof) },
        { name: words.factPaper, value: verdict.paper && words.factPaperValue },
        { name: words.factLeaf, value: fill(words.factLeafValue, { number: proof.index + 1, origin: checkpoint.origin }) },
        { name: words.factHead, value: fill(words.factHeadValue, { size: checkpoint.size, key: key.hash }) },
        { name: words.factStamp, value: timestamp && fill(words.factStampValue, { time: moment(timestamp.at.getTime()) }) },
      ]}
    />
  );
}

function Technical({ proof }: { proof: Proof }) {
  const words = useWords();
  return (
    <details className="details">
      <summary>{words.technical}</summary>
      <div>
        <p>
          leaf <code className="verify-code">{toHex(proof.leafHash)}</code>
        </p>
        <p>
          root <code className="verify-code">{toHex(proof.checkpoint.root)}</code>
        </p>
        <pre className="verify-content" tabIndex={0} aria-label={words.technical}>
          {proof.checkpoint.text}
        </pre>
      </div>
    </details>
  );
}

export function VerdictView({ verdict, ownKey, focus }: { verdict: Verdict; ownKey: boolean; focus: boolean }) {
  const words = useWords();
  if (!verdict.good) {
    const { what, todo } = words.reasons[verdict.reason];
    const missing = verdict.reason === "noProof";
    const alarm = verdict.reason === "rolled-back" || verdict.reason === "forked";
    return (
      <div data-testid="verdict" data-verdict={verdict.reason}>
        <Notice kind={missing ? "warning" : "error"} title={missing ? what : alarm ? words.alarmTitle : words.badTitle} focus={focus}>
          {!missing && <p>{what}</p>}
          <p>
            <strong>{words.whatToDo}</strong> {todo}
          </p>
          {verdict.detail !== "" && <p className="soft" lang="en">{`${verdict.reason}: ${verdict.detail}`}</p>}
        </Notice>
      </div>
    );
  }
  const { checkpoint } = verdict.proof;
  const heads = { same: words.headSame, grown: fill(words.headGrown, { size: verdict.newest?.size ?? 0 }), unknown: words.headUnknown };
  return (
    <div data-testid="verdict" data-verdict="good">
      <Notice kind="success" title={words.goodTitle} focus={focus}>
        <p>{fill(words.goodText, { origin: checkpoint.origin })}</p>
      </Notice>
      <ProofFacts verdict={verdict} />
      <p>{heads[verdict.head]}</p>
      <p>{ownKey ? words.keyFromYou : words.keyFromHere}</p>
      <Content proof={verdict.proof} />
      <Technical proof={verdict.proof} />
    </div>
  );
}
