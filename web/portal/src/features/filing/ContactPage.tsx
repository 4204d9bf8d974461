// ContactPage.tsx - who is told, and how the result comes back.
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { ErrorSummary } from "@shared/form/ErrorSummary.tsx";
import { FormFields } from "@shared/form/FormFields.tsx";
import { Facts } from "../../components/Facts.tsx";
import { useLanguage } from "../../language/language.tsx";
import { useFiling } from "./context.tsx";
import { contactFields, contactProblems } from "./contact_form.ts";
import { PrefillOffer } from "./PrefillOffer.tsx";
import { ReturnPlace } from "./ReturnPlace.tsx";
import { StepFrame, useWayOn } from "./StepFrame.tsx";
import { takeServerProblems } from "./server_problems.ts";

export function ContactPage() {
  const { strings } = useLanguage();
  const { session, home } = useFiling();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState(false);
  const [occasion, setOccasion] = useState(0);
  // What the server said about these answers at the last attempt to file.
  const [refused, setRefused] = useState(() => takeServerProblems(session.draft.id));
  const path = `${home}/lien-he`;
  const way = useWayOn(path);
  const words = strings.filing;
  const known = session.known;
  const problems = [...(asked ? contactProblems(session, strings) : []), ...refused];

  useEffect(() => {
    const target = window.location.hash.slice(1);
    if (target) document.getElementById(target)?.focus();
  }, []);

  return (
    <StepFrame
      path={path}
      title={words.contactTitle}
      intro={words.contactLead}
      before={<ErrorSummary problems={problems} occasion={occasion} />}
      onContinue={() => {
        session.visit("contact");
        if (contactProblems(session, strings).length > 0) {
          setAsked(true);
          setOccasion((count) => count + 1);
          return;
        }
        navigate(way.onward());
      }}
    >
      {Object.keys(known).length > 0 && (
        <div className="panel">
          <h2 className="panel-title">{words.contactKnown}</h2>
          <Facts
            facts={[
              { name: words.contactName, value: known["name"] },
              { name: words.contactId, value: known["personal_id"] },
              { name: words.contactPhone, value: known["phone"] },
              { name: words.contactEmail, value: known["email"] },
            ]}
          />
        </div>
      )}
      <PrefillOffer
        wanted={contactFields(session, strings)
          .filter((field) => field.id !== "return_method")
          .map((field) => ({ field, property: field.id }))}
        valueOf={(field) => (session.draft.contact as Record<string, unknown>)[field]}
        onFill={(field, value) => session.setContact({ ...session.draft.contact, [field]: value })}
      />
      <FormFields
        fields={contactFields(session, strings)}
        answers={session.draft.contact as Record<string, unknown>}
        evaluation={null}
        problems={problems}
        onChange={(field, value) => {
          setRefused((before) => before.filter((problem) => problem.field !== field));
          session.setContact({ ...session.draft.contact, [field]: value });
        }}
      />
      {session.draft.contact.return_method === "counter" && <ReturnPlace session={session} />}
    </StepFrame>
  );
}
