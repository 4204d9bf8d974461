#include "storage/postgres/values.h"

#include <charconv>

namespace storage::postgres {

namespace {

// Of the types that we use, as pg_type has them in every PostgreSQL.
constexpr Oid kBool = 16;
constexpr Oid kBytes = 17;
constexpr Oid kNumber = 20;  // int8
constexpr Oid kText = 25;
constexpr Oid kTexts = 1009;
constexpr Oid kNumbers = 1016;
constexpr Oid kManyBytes = 1001;

constexpr int kBinary = 1;
constexpr std::uint32_t kNull = 0xFFFFFFFF;

void put(std::string& out, std::uint64_t number, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(number >> shift)));
  }
}

std::uint64_t get(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

std::string array_head(Oid element, std::size_t count) {
  std::string out;
  put(out, count == 0 ? 0 : 1, 4);  // dimensions
  put(out, 1, 4);                   // may hold nulls
  put(out, element, 4);
  if (count == 0) return out;
  put(out, count, 4);
  put(out, 1, 4);  // counted from one
  return out;
}

template <class Texts>
std::string array_of(Oid element, const Texts& texts) {
  std::string out = array_head(element, texts.size());
  for (const auto& text : texts) {
    put(out, text.size(), 4);
    out += text;
  }
  return out;
}

}  // namespace

Values& Values::add(Oid type, const char* bytes, std::size_t length) {
  pointers_.push_back(bytes);
  lengths_.push_back(static_cast<int>(length));
  formats_.push_back(kBinary);
  types_.push_back(type);
  return *this;
}
Values& Values::keep(Oid type, std::string bytes) {
  const std::string& kept = kept_.emplace_back(std::move(bytes));
  return add(type, kept.data(), kept.size());
}

Values& Values::bind(std::string_view text) {
  return add(kText, text.data() == nullptr ? "" : text.data(), text.size());
}
Values& Values::bind_bytes(std::string_view bytes) {
  return add(kBytes, bytes.data() == nullptr ? "" : bytes.data(), bytes.size());
}
Values& Values::bind(std::int64_t number) {
  std::string bytes;
  put(bytes, static_cast<std::uint64_t>(number), 8);
  return keep(kNumber, std::move(bytes));
}
Values& Values::bind(bool flag) {
  return keep(kBool, std::string(1, flag ? '\1' : '\0'));
}
Values& Values::bind(const std::optional<calendar::Instant>& at) {
  return at.has_value() ? bind(*at) : add(kNumber, nullptr, 0);
}

Values& Values::bind(const std::vector<std::string_view>& texts) {
  return keep(kTexts, array_of(kText, texts));
}
Values& Values::bind(const std::vector<std::optional<std::string_view>>& texts) {
  std::string out = array_head(kText, texts.size());
  for (const std::optional<std::string_view>& text : texts) {
    put(out, text.has_value() ? text->size() : kNull, 4);
    if (text.has_value()) out += *text;
  }
  return keep(kTexts, std::move(out));
}
Values& Values::bind(const std::vector<std::string>& texts) {
  return keep(kTexts, array_of(kText, texts));
}
Values& Values::bind_all_bytes(const std::vector<std::string_view>& texts) {
  return keep(kManyBytes, array_of(kBytes, texts));
}
Values& Values::bind_no_texts() {
  return add(kTexts, nullptr, 0);
}
Values& Values::bind(const std::vector<std::int64_t>& numbers) {
  std::string out = array_head(kNumber, numbers.size());
  for (const std::int64_t number : numbers) {
    put(out, 8, 4);
    put(out, static_cast<std::uint64_t>(number), 8);
  }
  return keep(kNumbers, std::move(out));
}
Values& Values::bind(const std::vector<std::optional<std::int64_t>>& numbers) {
  std::string out = array_head(kNumber, numbers.size());
  for (const std::optional<std::int64_t>& number : numbers) {
    put(out, number.has_value() ? 8 : kNull, 4);
    if (number.has_value()) put(out, static_cast<std::uint64_t>(*number), 8);
  }
  return keep(kNumbers, std::move(out));
}

std::string_view Row::view(int column) const {
  return {PQgetvalue(result_, row_, column),
          static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}
bool Row::is_null(int column) const {
  return PQgetisnull(result_, row_, column) != 0;
}
std::int64_t Row::number(int column) const {
  const std::string_view bytes = view(column);
  const std::uint64_t number = get(bytes.substr(0, 8));
  // Shorter integers carry their sign in their own first bit.
  if (bytes.size() == 4) return static_cast<std::int32_t>(static_cast<std::uint32_t>(number));
  return static_cast<std::int64_t>(number);
}
calendar::Instant Row::instant(int column) const {
  return calendar::Instant{std::chrono::milliseconds{number(column)}};
}
std::optional<calendar::Instant> Row::maybe_instant(int column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}
std::vector<std::string> Row::texts(int column) const {
  std::string_view bytes = view(column);
  std::vector<std::string> texts;
  constexpr std::size_t kHead = 20;
  if (bytes.size() < kHead) return texts;
  const std::uint64_t count = get(bytes.substr(12, 4));
  bytes.remove_prefix(kHead);
  for (std::uint64_t i = 0; i < count && bytes.size() >= 4; ++i) {
    const std::uint64_t length = get(bytes.substr(0, 4));
    bytes.remove_prefix(4);
    const std::size_t size = length == kNull ? 0 : static_cast<std::size_t>(length);
    texts.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(std::min(size, bytes.size()));
  }
  return texts;
}

std::int64_t Rows::affected() const {
  const std::string_view count = PQcmdTuples(const_cast<PGresult*>(result_.get()));
  std::int64_t number = 0;
  std::from_chars(count.data(), count.data() + count.size(), number);
  return number;
}

}  // namespace storage::postgres
