#pragma once
// id_card_qr.h - the QR code on the citizen's identity card, as a scanner types it.
//
// payload := id "|" old-id? "|" name "|" born "|" sex "|" residence "|" issued ("|" more)*
// born, issued := ddMMyyyy; sex := "Nam" | "Nữ"
// Fields after the seventh (cards of 2024) are ignored.
//
// A scanner that acts as a keyboard types through the machine's keyboard layout and input method,
// which may damage the payload.  What can be put right from the structure of the payload is (see
// typed_text.h), and `mended` says that somebody should look; the rest is refused with the remedy.
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "calendar/language.h"
#include "party/partial_date.h"
#include "party/personal_id.h"

namespace party {

struct IdCard {
  PersonalId id;
  std::optional<PersonalId> old_id{};
  std::string name{};  // NFC
  PartialDate born{};
  std::optional<Sex> sex{};
  std::string residence{};  // NFC, may be empty
  std::optional<PartialDate> issued{};
  bool mended = false;  // an input method had damaged it and it was put right; look at the name
};

enum class IdCardQrRefusal {
  not_a_payload,       // not pipe-separated text with at least seven fields, or too long
  bad_id,              // the first field is not a personal number
  bad_birth,           // the date of birth does not exist
  no_name,             // the name is empty or not text
  typed_beyond_repair  // the name lost letters for good: switch the input method off and scan again
};
[[nodiscard]] std::string explain(IdCardQrRefusal refusal, calendar::Language language);

// At most 1,024 bytes; a leading or trailing line break, blanks around fields and decomposed
// letters are tolerated.
[[nodiscard]] base::Result<IdCard, IdCardQrRefusal> parse_id_card_qr(std::string_view payload);

}  // namespace party
