#include "party/id_card_qr.h"

#include <vector>

#include "base/text.h"
#include "party/typed_text.h"

namespace party {
namespace {

using calendar::Language;
using Refusal = IdCardQrRefusal;

constexpr std::size_t kBytesMax = 1024;
constexpr std::size_t kFieldsMin = 7;
constexpr std::size_t kFieldsMax = 32;

std::optional<std::vector<std::string>> fields_of(std::string_view payload) {
  std::vector<std::string> fields;
  while (true) {
    const std::size_t bar = payload.find('|');
    fields.push_back(base::to_one_line(payload.substr(0, bar)));
    if (fields.size() > kFieldsMax) return std::nullopt;
    if (bar == std::string_view::npos) break;
    payload.remove_prefix(bar + 1);
  }
  if (fields.size() < kFieldsMin) return std::nullopt;
  return fields;
}

enum Field : std::size_t { id, old_id, name, born, sex, residence, issued };

// Puts the digits right where the keyboard layout turned them into letters.  True if it had to.
bool mend_digits(std::vector<std::string>& fields) {
  bool mended = false;
  for (const Field field : {id, old_id, born, issued}) {
    const auto digits = digits_from_layout(fields[field]);
    if (!digits || *digits == fields[field]) continue;
    fields[field] = *digits;
    mended = true;
  }
  return mended;
}

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80U) return false;
  }
  return true;
}

// Turns key strokes into letters.  Only where nothing on the whole card has a Vietnamese letter and
// two words or more are key strokes, so that a foreign name is left alone.
bool mend_key_strokes(std::vector<std::string>& fields) {
  const std::string all = fields[name] + " " + fields[sex] + " " + fields[residence];
  if (!is_ascii(all)) return false;
  // House numbers are digits after a letter too: VNI is believed only where the name has digits.
  const bool vni = vni_words(fields[name]) > 0 && vni_words(all) >= 2;
  const bool telex = !vni && telex_words(all) >= 2;
  if (!vni && !telex) return false;
  for (const Field field : {name, sex, residence}) {
    fields[field] = vni ? from_vni(fields[field]) : from_telex(fields[field]);
  }
  return true;
}

bool mend_case(std::vector<std::string>& fields) {
  if (!is_case_inverted(fields[name])) return false;
  for (const Field field : {name, sex, residence})
    fields[field] = with_case_inverted(fields[field]);
  return true;
}

std::optional<Sex> sex_of(const std::string& text) {
  const std::string folded = base::fold_for_search(text);
  if (folded == "nam") return Sex::male;
  if (folded == "nu") return Sex::female;
  return std::nullopt;
}

}  // namespace

std::string explain(IdCardQrRefusal refusal, Language language) {
  const bool vi = language == Language::vietnamese;
  switch (refusal) {
    case Refusal::not_a_payload:
      return vi ? "Không phải mã QR của thẻ căn cước."
                : "This is not the QR code of an identity card.";
    case Refusal::bad_id:
      return vi ? "Mã QR không có số định danh hợp lệ."
                : "The QR code has no valid personal number.";
    case Refusal::bad_birth:
      return vi ? "Ngày sinh trong mã QR không có thật." : "The date of birth does not exist.";
    case Refusal::no_name:
      return vi ? "Mã QR không có họ tên." : "The QR code has no name.";
    case Refusal::typed_beyond_repair:
      return vi ? "Bộ gõ tiếng Việt đã làm hỏng dữ liệu quét: hãy chuyển bộ gõ sang tiếng Anh (E) "
                  "rồi "
                  "quét lại."
                : "The Vietnamese input method damaged the scan: switch it to English and scan "
                  "again.";
  }
  return {};
}

base::Result<IdCard, IdCardQrRefusal> parse_id_card_qr(std::string_view payload) {
  if (payload.size() > kBytesMax || !base::is_utf8(payload)) {
    return base::Failure{Refusal::not_a_payload};
  }
  auto read = fields_of(payload);
  if (!read) return base::Failure{Refusal::not_a_payload};
  std::vector<std::string>& fields = *read;
  const bool digits_mended = mend_digits(fields);
  const auto personal = PersonalId::parse(fields[id]);
  if (!personal || personal->is_old()) return base::Failure{Refusal::bad_id};
  if (has_lost_characters(fields[name])) return base::Failure{Refusal::typed_beyond_repair};
  if (fields[name].empty()) return base::Failure{Refusal::no_name};
  const bool strokes_mended = mend_key_strokes(fields);
  const bool case_mended = mend_case(fields);
  if (fields[name].find_first_of("0123456789") != std::string::npos) {
    return base::Failure{Refusal::typed_beyond_repair};
  }

  const auto birth = parse_partial_date(fields[born]);
  if (!birth) return base::Failure{Refusal::bad_birth};
  IdCard card{.id = *personal, .old_id = {}, .name = fields[name], .born = *birth};
  if (const auto old = PersonalId::parse(fields[old_id]); old && old->is_old()) card.old_id = *old;
  // The number knows the sex even where its word was damaged.
  card.sex = sex_of(fields[sex]);
  const bool sex_mended = !card.sex && !fields[sex].empty();
  if (!card.sex) card.sex = personal->sex();
  card.residence = fields[residence];
  card.issued = parse_partial_date(fields[issued]);
  card.mended = digits_mended || strokes_mended || case_mended || sex_mended ||
                has_lost_characters(card.residence);
  return card;
}

}  // namespace party
