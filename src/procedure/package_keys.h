#pragma once
// package_keys.h - every key that procedure.yaml may have, map by map.
//
// The reader takes no others, and docs/formats/schemas/procedure.schema.json has the same under
// the same names; a test holds the two together.
#include <string_view>

namespace procedure::keys {

inline constexpr std::string_view kProcedure[] = {
    "code",      "revision",   "effective_from", "effective_to", "name",        "summary",
    "keywords",  "field",      "level",          "authority",    "legal_basis", "channels",
    "cases",     "components", "eligibility",    "linked",       "fees",        "results",
    "templates", "retention",  "notes",          "assumed",      "examples"};
inline constexpr std::string_view kAuthority[] = {
    "rule",   "text",     "place_field", "lead", "committee",
    "agency", "decision", "consulted",   "body", "partners"};
inline constexpr std::string_view kPartner[] = {"part", "kind"};
inline constexpr std::string_view kLegalBasis[] = {"act", "article", "title", "from", "to"};
inline constexpr std::string_view kCase[] = {"id", "name", "when", "limits", "silence", "note"};
inline constexpr std::string_view kLimit[] = {"channels", "published", "internal", "cutoff"};
inline constexpr std::string_view kSilence[] = {"rule", "basis"};
inline constexpr std::string_view kComponent[] = {
    "id",       "name", "kind",     "originals",   "copies",         "applies_when",
    "required", "note", "template", "replaced_by", "issued_by_state"};
inline constexpr std::string_view kReplacedBy[] = {"database", "fields", "basis", "fallback"};
inline constexpr std::string_view kEligibility[] = {"id",    "holds",    "message",
                                                    "basis", "severity", "field"};
inline constexpr std::string_view kLinked[] = {"code", "name", "agency", "agency_code", "limit"};
inline constexpr std::string_view kFees[] = {"text", "decision", "example_value"};
inline constexpr std::string_view kResult[] = {"code", "name", "template"};
inline constexpr std::string_view kTemplate[] = {"id", "name", "file"};
inline constexpr std::string_view kRetention[] = {"years", "permanent", "basis"};
inline constexpr std::string_view kExample[] = {"name", "on",  "channel",   "answers",
                                                "case", "fee", "components"};

}  // namespace procedure::keys
