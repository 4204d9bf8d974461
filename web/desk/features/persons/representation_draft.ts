// representation_draft.ts - who acts for whom, as it is typed and as it is sent.  Pure.
export const representationKinds = ["parent", "guardian", "authorised", "legal_representative"] as const;
export type RepresentationKind = (typeof representationKinds)[number];

export interface RepresentationDraft {
  kind: RepresentationKind;
  represented: { name: string; identifier: string };
  representative: { name: string; identifier: string };
  number: string;
  issuer: string;
  issued_on: string;
  title: string;
  from: string;
  until: string;
}

export const emptyRepresentation: RepresentationDraft = {
  kind: "authorised",
  represented: { name: "", identifier: "" },
  representative: { name: "", identifier: "" },
  number: "",
  issuer: "",
  issued_on: "",
  title: "",
  from: "",
  until: "",
};

const clean = (text: string) => text.trim().replace(/\s+/g, " ").normalize("NFC");

export function representationBody(draft: RepresentationDraft): Record<string, unknown> {
  // A number of an organisation is a tax code: ten digits, or ten and three.
  const person = (one: { name: string; identifier: string }) => {
    const identifier = one.identifier.replace(/[\s.]/g, "");
    return { name: clean(one.name), identifier, ...(/^\d{10}(-?\d{3})?$/.test(identifier) && { organisation: true }) };
  };
  return {
    representation: draft.kind,
    represented: person(draft.represented),
    representative: person(draft.representative),
    evidence: {
      number: clean(draft.number),
      title: clean(draft.title),
      ...(clean(draft.issuer) !== "" && { issuer: clean(draft.issuer) }),
      ...(draft.issued_on !== "" && { issued_on: draft.issued_on }),
    },
    ...(draft.from !== "" && { from: draft.from }),
    ...(draft.until !== "" && { until: draft.until }),
  };
}
