#include <memory>

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "rules/temporal.h"

namespace rules {

namespace {

std::unique_ptr<icu::TimeZone> zone_named(std::string_view name) {
  const auto id = icu::UnicodeString::fromUTF8(
      icu::StringPiece{name.data(), static_cast<std::int32_t>(name.size())});
  std::unique_ptr<icu::TimeZone> zone{icu::TimeZone::createTimeZone(id)};
  if (zone == nullptr || *zone == icu::TimeZone::getUnknown()) return nullptr;
  return zone;
}

}  // namespace

bool is_zone_name(std::string_view name) {
  // ICU makes zones of its own out of "GMT+3" and the like; the table of places has none of those.
  if (name.empty() || name.size() > 64) return false;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && c != '/' && c != '_' && c != '-' && c != '+') {
      return false;
    }
  }
  return zone_named(name) != nullptr;
}

std::optional<std::int32_t> offset_of(const Zone& zone, std::int64_t local_second) {
  switch (zone.kind) {
    case Zone::Kind::local:
      return std::nullopt;
    case Zone::Kind::offset:
      return zone.offset_seconds;
    case Zone::Kind::named:
      break;
  }
  const std::unique_ptr<icu::TimeZone> named = zone_named(zone.name);
  if (named == nullptr) return std::nullopt;
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  named->getOffset(static_cast<UDate>(local_second) * 1000.0, 1, raw, summer, status);
  if (U_FAILURE(status) != 0) return std::nullopt;
  return (raw + summer) / 1000;
}

}  // namespace rules
