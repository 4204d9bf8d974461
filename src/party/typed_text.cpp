#include "party/typed_text.h"

#include <array>
#include <utility>
#include <vector>

#include "base/text.h"

namespace party {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// The digit row of the Vietnamese keyboard layout.  Tones are typed after the letter, so a letter
// with a tone stands for two digits.
constexpr std::array<Pair, 30> kLayout{{
    {"ă", "1"},      {"â", "2"},      {"ê", "3"},      {"ô", "4"},      {"đ", "0"},
    {"\u0300", "5"}, {"\u0309", "6"}, {"\u0303", "7"}, {"\u0301", "8"}, {"\u0323", "9"},
    {"ằ", "15"},     {"ẳ", "16"},     {"ẵ", "17"},     {"ắ", "18"},     {"ặ", "19"},
    {"ầ", "25"},     {"ẩ", "26"},     {"ẫ", "27"},     {"ấ", "28"},     {"ậ", "29"},
    {"ề", "35"},     {"ể", "36"},     {"ễ", "37"},     {"ế", "38"},     {"ệ", "39"},
    {"ồ", "45"},     {"ổ", "46"},     {"ỗ", "47"},     {"ố", "48"},     {"ộ", "49"},
}};

enum class Mark { none, circumflex, horn, breve };
enum class Tone { none, grave, hook, tilde, acute, dot };

constexpr std::array<std::string_view, 6> kTones{"",       "\u0300", "\u0309",
                                                 "\u0303", "\u0301", "\u0323"};

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool is_vowel(char c) {
  return std::string_view("aeiouy").find(lower(c)) != std::string_view::npos;
}

struct Letter {
  char base;
  Mark mark = Mark::none;
  bool stroke = false;  // of the letter d
};

// A syllable as it grows under the key strokes.
class Syllable {
 public:
  void append(char c) { letters_.push_back({c}); }
  void set_tone(Tone tone) { tone_ = tone; }
  [[nodiscard]] bool has_tone() const { return tone_ != Tone::none; }
  [[nodiscard]] bool has_vowel() const {
    for (const Letter& letter : letters_) {
      if (is_vowel(letter.base)) return true;
    }
    return false;
  }

  // Puts `mark` on the last of the vowels `on` that can carry it; for the horn of "uo" on both.
  bool mark(std::string_view on, Mark mark) {
    for (std::size_t i = letters_.size(); i-- > 0;) {
      const char base = lower(letters_[i].base);
      if (on.find(base) == std::string_view::npos || letters_[i].mark != Mark::none) continue;
      letters_[i].mark = mark;
      if (mark == Mark::horn && base == 'o' && i > 0 && lower(letters_[i - 1].base) == 'u') {
        letters_[i - 1].mark = Mark::horn;
      }
      return true;
    }
    return false;
  }

  bool stroke() {
    if (letters_.empty() || lower(letters_.front().base) != 'd' || letters_.front().stroke) {
      return false;
    }
    letters_.front().stroke = true;
    return true;
  }

  [[nodiscard]] std::string text() const {
    const std::size_t toned = place_of_tone();
    std::string result;
    for (std::size_t i = 0; i < letters_.size(); ++i) {
      const Letter& letter = letters_[i];
      if (letter.stroke) {
        result += letter.base == 'D' ? "Đ" : "đ";
      } else {
        result += letter.base;
      }
      if (letter.mark == Mark::circumflex) result += "\u0302";
      if (letter.mark == Mark::horn) result += "\u031B";
      if (letter.mark == Mark::breve) result += "\u0306";
      if (i == toned) result += kTones[static_cast<std::size_t>(tone_)];
    }
    return base::to_nfc(result);
  }

 private:
  // On the vowel with a mark, else on the last but one of an open group of vowels, else on the
  // last.
  [[nodiscard]] std::size_t place_of_tone() const {
    std::size_t first = letters_.size();
    std::size_t last = letters_.size();
    std::size_t marked = letters_.size();
    for (std::size_t i = 0; i < letters_.size(); ++i) {
      if (!is_vowel(letters_[i].base)) {
        if (first != letters_.size()) break;
        continue;
      }
      const char c = lower(letters_[i].base);
      // "gi" and "qu" before another vowel belong to the consonant.
      const bool glide = i == 1 && i + 1 < letters_.size() && is_vowel(letters_[2].base) &&
                         ((c == 'i' && lower(letters_[0].base) == 'g') ||
                          (c == 'u' && lower(letters_[0].base) == 'q'));
      if (glide) continue;
      if (first == letters_.size()) first = i;
      last = i;
      if (letters_[i].mark != Mark::none) marked = i;
    }
    if (marked != letters_.size()) return marked;
    if (first == letters_.size() || first == last) return first;
    const bool closed = last + 1 < letters_.size();
    if (last - first >= 2) return first + 1;
    const char second = lower(letters_[last].base);
    const char head = lower(letters_[first].base);
    const bool medial = (head == 'o' && (second == 'a' || second == 'e')) ||
                        (head == 'u' && (second == 'e' || second == 'y'));
    return closed || medial ? last : first;
  }

  std::vector<Letter> letters_;
  Tone tone_ = Tone::none;
};

std::string telex_word(std::string_view word) {
  Syllable syllable;
  bool closed = false;  // after a tone only marks may follow
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = lower(word[i]);
    const std::size_t place = std::string_view(" frxsj").find(c);
    const std::size_t tone = place == std::string_view::npos ? 0 : place;
    if (tone != 0 && syllable.has_vowel()) {
      if (closed) return std::string(word);
      constexpr std::array<Tone, 6> kOrder{Tone::none,  Tone::grave, Tone::hook,
                                           Tone::tilde, Tone::acute, Tone::dot};
      syllable.set_tone(kOrder[tone]);
      closed = true;
    } else if (c == 'w' && syllable.has_vowel()) {
      if (!syllable.mark("o", Mark::horn) && !syllable.mark("u", Mark::horn) &&
          !syllable.mark("a", Mark::breve)) {
        return std::string(word);
      }
    } else if ((c == 'a' || c == 'e' || c == 'o') && i > 0 &&
               word.substr(0, i).find_first_of(std::string{c, static_cast<char>(c - 32)}) !=
                   std::string_view::npos) {
      if (!syllable.mark(std::string_view(&c, 1), Mark::circumflex)) return std::string(word);
    } else if (c == 'd' && i > 0 && lower(word[0]) == 'd') {
      if (!syllable.stroke()) return std::string(word);
    } else {
      syllable.append(word[i]);
    }
  }
  return syllable.text();
}

std::string vni_word(std::string_view word) {
  if (word.empty() || !is_ascii_letter(word.front())) return std::string(word);
  Syllable syllable;
  for (const char c : word) {
    if (c < '0' || c > '9') {
      syllable.append(c);
      continue;
    }
    constexpr std::array<Tone, 6> kOrder{Tone::none, Tone::acute, Tone::grave,
                                         Tone::hook, Tone::tilde, Tone::dot};
    bool done = false;
    if (c == '9') {
      done = syllable.stroke();
    } else if (c >= '1' && c <= '5' && syllable.has_vowel() && !syllable.has_tone()) {
      syllable.set_tone(kOrder[static_cast<std::size_t>(c - '0')]);
      done = true;
    } else if (c == '6') {
      done = syllable.mark("aeo", Mark::circumflex);
    } else if (c == '7') {
      done = syllable.mark("o", Mark::horn) || syllable.mark("u", Mark::horn);
    } else if (c == '8') {
      done = syllable.mark("a", Mark::breve);
    }
    if (!done) return std::string(word);
  }
  return syllable.text();
}

// Applies `change` to each run of letters (and digits) and counts the words that changed.
template <class Change>
std::pair<std::string, int> each_word(std::string_view text, bool with_digits, Change change) {
  std::string result;
  int changed = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() &&
           (is_ascii_letter(text[end]) || (with_digits && text[end] >= '0' && text[end] <= '9'))) {
      ++end;
    }
    if (end == i) {
      result += text[i++];
      continue;
    }
    const std::string_view word = text.substr(i, end - i);
    const std::string made = change(word);
    if (made != word) ++changed;
    result += made;
    i = end;
  }
  return {result, changed};
}

}  // namespace

std::optional<std::string> digits_from_layout(std::string_view text) {
  std::string digits;
  while (!text.empty()) {
    if (text.front() >= '0' && text.front() <= '9') {
      digits += text.front();
      text.remove_prefix(1);
      continue;
    }
    bool found = false;
    for (const auto& [letter, value] : kLayout) {
      if (!text.starts_with(letter)) continue;
      digits += value;
      text.remove_prefix(letter.size());
      found = true;
      break;
    }
    if (!found) return std::nullopt;
  }
  return digits;
}

std::string from_telex(std::string_view text) {
  return each_word(text, false, telex_word).first;
}
std::string from_vni(std::string_view text) {
  return each_word(text, true, vni_word).first;
}
int telex_words(std::string_view text) {
  return each_word(text, false, telex_word).second;
}
int vni_words(std::string_view text) {
  return each_word(text, true, vni_word).second;
}

std::string with_case_inverted(std::string_view text) {
  // Whole characters: a character equal to its upper form is turned down, any other up.
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 1;
    while (i + length < text.size() &&
           (static_cast<unsigned char>(text[i + length]) & 0xC0U) == 0x80U) {
      ++length;
    }
    const std::string_view character = text.substr(i, length);
    const std::string upper = base::to_upper(character);
    result += upper == character ? base::to_lower(character) : upper;
    i += length;
  }
  return result;
}

bool is_case_inverted(std::string_view text) {
  bool at_start = true;
  int words = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ') {
      at_start = true;
      continue;
    }
    if (at_start) {
      if (c < 'a' || c > 'z') {
        if (static_cast<unsigned char>(c) < 0x80U) return false;
      } else {
        ++words;
      }
    } else if (c >= 'a' && c <= 'z') {
      return false;
    }
    at_start = false;
  }
  return words > 0;
}

bool has_lost_characters(std::string_view text) {
  return text.find('?') != std::string_view::npos ||
         text.find("\xEF\xBF\xBD") != std::string_view::npos;
}

}  // namespace party
