import { Link } from "wouter";
import { PageTitle } from "../../components/PageTitle.tsx";
import { useLanguage } from "../../language/language.tsx";

export function NotFoundPage() {
  const { strings } = useLanguage();
  return (
    <div className="narrow">
      <PageTitle>{strings.shell.notFoundTitle}</PageTitle>
      <p>{strings.shell.notFoundDetail}</p>
      <p>{strings.shell.notFoundHint}</p>
      <p className="button-row">
        <Link href="/" className="button">
          {strings.shell.home}
        </Link>
        <Link href="/theo-doi" className="button button-secondary">
          {strings.shell.track}
        </Link>
      </p>
    </div>
  );
}
