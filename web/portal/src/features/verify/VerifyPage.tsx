// VerifyPage.tsx - is this proof true?  Judged here, in the browser, by what the journal's keys have signed.
//
// Nothing that is chosen leaves the device; only the published keys and the newest head are asked for.
import { useEffect, useMemo, useState } from "react";
import { parseKeys, type VerifierKey } from "@verifier/checkpoint.ts";
import { Refusal } from "@verifier/refusal.ts";
import { getJournalCheckpoint } from "../../api.ts";
import { BackLink } from "../../components/BackLink.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { useLanguage } from "../../language/language.tsx";
import { FileChoice } from "./FileChoice.tsx";
import { KeyChoice } from "./KeyChoice.tsx";
import { QrChoice } from "./QrChoice.tsx";
import { VerdictView } from "./VerdictView.tsx";
import { judge, takeProof, type Verdict } from "./judge.ts";
import { usePublishedKeys } from "./trusted_keys.ts";
import { useWords } from "./words.ts";
import "@shared/form/form.css";
import "../../uploads/uploads.css";
import "./verify.css";

interface Taken {
  name: string;
  // The proof, or why there is none.
  found: Uint8Array | Verdict;
  printed: string | null;
  // Of the server, asked for after the proof was there: it is at least as new.
  newest: string | null;
  // The person's own keys at that moment: while they are typed, the verdict does not take the focus.
  own: string;
}

interface OwnKeys {
  keys: VerifierKey[];
  wrongLine: number | null;
}

function readOwn(text: string): OwnKeys {
  if (text.trim() === "") return { keys: [], wrongLine: null };
  try {
    return { keys: parseKeys(text), wrongLine: null };
  } catch (thrown) {
    return { keys: [], wrongLine: thrown instanceof Refusal ? (thrown.place.line ?? 1) : 1 };
  }
}

export default function VerifyPage() {
  const { strings } = useLanguage();
  const words = useWords();
  const published = usePublishedKeys();
  const [taken, setTaken] = useState<Taken | null>(null);
  const [turn, setTurn] = useState(0);
  const [own, setOwn] = useState("");
  const ownKeys = useMemo(() => readOwn(own), [own]);
  const keys = ownKeys.keys.length > 0 ? ownKeys.keys : published.keys;

  const take = async (file: Blob, name: string, printed: string | null) => {
    const found = await takeProof(file);
    const newest = await getJournalCheckpoint().catch(() => null);
    setTaken({ name, found, printed, newest, own });
    setTurn((before) => before + 1);
  };
  // A file that misses the place made for it is not opened by the browser.
  useEffect(() => {
    const stop = (event: DragEvent) => event.preventDefault();
    window.addEventListener("dragover", stop);
    window.addEventListener("drop", stop);
    return () => {
      window.removeEventListener("dragover", stop);
      window.removeEventListener("drop", stop);
    };
  }, []);

  const verdict = useMemo((): Verdict | null => {
    if (!taken) return null;
    if (!(taken.found instanceof Uint8Array)) return taken.found;
    if (!published.loaded && keys.length === 0) return null;
    return judge({ proof: taken.found, keys, printed: taken.printed, newest: taken.newest });
  }, [taken, keys, published.loaded]);

  return (
    <div className="narrow">
      <BackLink href="/">{strings.shell.home}</BackLink>
      <PageTitle>{words.title}</PageTitle>
      <p className="lead">{words.lead}</p>
      <p>{words.local}</p>
      <FileChoice shown={taken?.name ?? null} onTake={(file) => void take(file, file.name, null)} />
      {verdict && <VerdictView key={`${turn} ${verdict.good ? "good" : verdict.reason}`} verdict={verdict} focus={taken?.own === own} ownKey={ownKeys.keys.length > 0} />}
      <QrChoice onTake={(file, name, printed) => void take(file, name, printed)} />
      <KeyChoice published={published} own={own} wrongLine={ownKeys.wrongLine} onChange={setOwn} />
    </div>
  );
}
