#pragma once
// typed_text.h - undoes what a keyboard or an input method does to text that a scanner types.
//
// Three kinds of damage have a way back:
// - the Vietnamese keyboard layout turns the digit row into letters and tone marks: "040" is "đôđ";
// - a scanner set to Telex or VNI, with the input method switched off, types the key strokes of the
//   letters: "Nguyeenx" or "Nguye6n4" for "Nguyễn";
// - Caps Lock turns upper and lower case round.
// Letters that became question marks or replacement characters are lost.
#include <optional>
#include <string>
#include <string_view>

namespace party {

// The digits behind "đôđ..."; nullopt if there is anything else than digits and their stand-ins.
[[nodiscard]] std::optional<std::string> digits_from_layout(std::string_view text);

// A word or sentence of Telex or VNI key strokes as Vietnamese; words that are none stay as they
// are.
[[nodiscard]] std::string from_telex(std::string_view text);
[[nodiscard]] std::string from_vni(std::string_view text);
// How many words would change.
[[nodiscard]] int telex_words(std::string_view text);
[[nodiscard]] int vni_words(std::string_view text);

// "nGUYỄN vĂN aN" -> true.
[[nodiscard]] bool is_case_inverted(std::string_view text);
[[nodiscard]] std::string with_case_inverted(std::string_view text);

// True if characters were lost for good.
[[nodiscard]] bool has_lost_characters(std::string_view text);

}  // namespace party
