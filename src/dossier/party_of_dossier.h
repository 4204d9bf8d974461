#pragma once
// party_of_dossier.h - the people and papers a dossier is about, as they were given.
#include <cstdint>
#include <string>
#include <vector>

#include "calendar/instant.h"

namespace dossier {

// The applicant, or the person or organisation he acts for.
struct Person {
  std::string name;
  std::string personal_id;
  std::string tax_code;
  std::string phone;
  std::string email;
  std::string address;
  std::string language;  // of messages: "vi" or "en"

  friend bool operator==(const Person&, const Person&) = default;
};

// A stored paper.  The bytes are in the file store under `sha256`.
struct Attachment {
  std::string id;
  std::string component;  // component of the procedure, or "result"
  std::string name;       // as the sender called it
  std::int64_t size = 0;  // bytes
  std::string media_type;
  std::string sha256;
  std::string converted_from;  // media type of the original that was converted, or empty
  calendar::Instant uploaded_at{};

  friend bool operator==(const Attachment&, const Attachment&) = default;
};

// As what the applicant acts for somebody else, and by which paper.
struct ActingFor {
  std::string kind;    // "parent", "guardian", "authorised", "legal_representative"
  std::string number;  // of the paper
  std::string title;   // what paper it is
  std::string issuer;
  std::string issued_on;  // date, or empty
  std::string recorded;   // id of the representation on record that covers it, or empty
  bool seen = false;      // an officer has seen the paper

  friend bool operator==(const ActingFor&, const ActingFor&) = default;
};

// An officer typed it in for the applicant, who agreed.
struct Assistance {
  std::string consent;  // "signed", "witnessed", "spoken"
  std::string witness;  // who heard it, or empty
  std::string note;

  friend bool operator==(const Assistance&, const Assistance&) = default;
};

struct SupplementItem {
  std::string component;  // or empty
  std::string field;      // or empty
  std::string what;       // in the citizen's words: what is to be brought or mended

  friend bool operator==(const SupplementItem&, const SupplementItem&) = default;
};

}  // namespace dossier
