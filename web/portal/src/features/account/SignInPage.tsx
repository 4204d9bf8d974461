// SignInPage.tsx - by which providers one may sign in, and why it did not work just now.
import { useSearch } from "wouter";
import { fill } from "@shared/language.ts";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { useLanguage } from "../../language/language.tsx";
import { useSession } from "../../session.ts";
import { useWords } from "./words.ts";
import "./account.css";

// The provider's page is another site: a link of the browser, not of the router.
export const signInAddress = (provider: string, place: string): string =>
  `/api/v1/sign-in/${encodeURIComponent(provider)}?return_to=${encodeURIComponent(place)}`;

const reasons = ["again", "declined", "unreachable", "level", "identity"] as const;

export default function SignInPage() {
  const { say } = useLanguage();
  const words = useWords().signIn;
  const session = useSession();
  const address = new URLSearchParams(useSearch());
  const failed = address.get("loi");
  const reason = reasons.find((one) => one === failed) ?? "failed";
  const place = address.get("ve") ?? "/ho-so-cua-toi";
  if (!session) return <Loading />;
  const providers = session.providers?.citizens ?? [];
  return (
    <div className="narrow">
      <PageTitle>{words.title}</PageTitle>
      {failed && (
        <Notice kind="error" title={words.failedTitle} focus>
          <p>{words[reason]}</p>
        </Notice>
      )}
      {providers.length === 0 ? (
        <p className="lead">{words.none}</p>
      ) : (
        <>
          <p className="lead">{words.lead}</p>
          <ul className="plain-list sign-in-list">
            {providers.map((one) => (
              <li key={one.id}>
                <a className="button" href={signInAddress(one.id, place)}>
                  {fill(words.by, { name: say(one.name) })}
                </a>
              </li>
            ))}
          </ul>
          <p>{words.leaving}</p>
          <p className="soft">{words.without}</p>
        </>
      )}
    </div>
  );
}
