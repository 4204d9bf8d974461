// ReturnPlace.tsx - at which one-stop centre the result is fetched; that of who decides, unless another is chosen.
import { useEffect, useState } from "react";
import { controlId } from "@shared/form/answers.ts";
import type { Agency } from "@shared/schemas.ts";
import { listReturnPlaces } from "../../api.ts";
import { useLanguage } from "../../language/language.tsx";
import type { FilingSession } from "./session.ts";

export function ReturnPlace({ session }: { session: FilingSession }) {
  const { strings, say } = useLanguage();
  const [places, setPlaces] = useState<Agency[]>([]);
  const field = session.placeField;
  const place = session.draft.agency || String((field && session.draft.answers[field.id]) ?? "");
  useEffect(() => {
    // Without the list it is the usual place, which the server knows.
    void listReturnPlaces(session.draft.procedure, place).then(setPlaces, () => setPlaces([]));
  }, [session.draft.procedure, place]);
  if (places.length < 2) return null;
  const id = controlId("return_at");
  return (
    <div className="form-field">
      <label className="form-label" htmlFor={id}>
        {strings.tracking.returnWhere}
      </label>
      <select
        id={id}
        className="form-input"
        value={session.draft.contact.return_at ?? ""}
        onChange={(event) => {
          const chosen = places.find((one) => one.id === event.currentTarget.value);
          const { return_at: _where, return_at_name: _name, ...rest } = session.draft.contact;
          session.setContact(chosen?.id ? { ...rest, return_at: chosen.id, return_at_name: say(chosen.name) } : rest);
        }}
      >
        <option value="">{strings.filing.returnUsual}</option>
        {places.map((one) => (
          <option key={one.id} value={one.id}>
            {say(one.name)}
          </option>
        ))}
      </select>
    </div>
  );
}
