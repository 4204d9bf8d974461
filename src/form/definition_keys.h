#pragma once
// definition_keys.h - every key that a form and a file of the dictionary may have, map by map.
//
// The readers take no others, and docs/formats/schemas/*.schema.json have the same under the same
// names; a test of procedure holds them together.
#include <string_view>

namespace form::keys {

inline constexpr std::string_view kForm[] = {"pages", "checks"};
inline constexpr std::string_view kPage[] = {"id", "title", "intro", "fields"};
inline constexpr std::string_view kField[] = {"id",
                                              "from",
                                              "type",
                                              "label",
                                              "help",
                                              "required",
                                              "required_when",
                                              "visible_when",
                                              "min_length",
                                              "max_length",
                                              "min",
                                              "max",
                                              "earliest",
                                              "latest",
                                              "pattern",
                                              "pattern_message",
                                              "old_id_allowed",
                                              "birth_date_field",
                                              "sex_field",
                                              "options",
                                              "columns",
                                              "max_rows",
                                              "autocomplete",
                                              "source",
                                              "prefill",
                                              "personal_data"};
inline constexpr std::string_view kOption[] = {"value", "label"};
inline constexpr std::string_view kCheck[] = {"id", "field", "holds", "message", "severity"};
inline constexpr std::string_view kDictionary[] = {"entries"};
inline constexpr std::string_view kEntry[] = {
    "code",           "type",       "label",        "help",
    "min_length",     "max_length", "min",          "max",
    "earliest",       "latest",     "pattern",      "pattern_message",
    "old_id_allowed", "options",    "autocomplete", "source",
    "personal_data"};

}  // namespace form::keys
