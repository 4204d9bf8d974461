#include "storage/s3_listing.h"

#include <algorithm>

#include <pugixml.hpp>

namespace storage {

namespace {

base::Failure<base::Fault> unreadable() {
  return base::fault(base::FaultCode::unavailable, "file service: its listing cannot be read");
}

}  // namespace

base::Outcome<S3Listing> read_s3_listing(const std::string& xml) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8)) {
    return unreadable();
  }
  const pugi::xml_node root = document.child("ListBucketResult");
  if (!root) return unreadable();
  S3Listing listing;
  for (const pugi::xml_node one : root.children("Contents")) {
    const auto modified = calendar::parse_instant(one.child("LastModified").child_value());
    if (!modified.has_value()) return unreadable();
    listing.objects.push_back({.key = one.child("Key").child_value(),
                               .size = one.child("Size").text().as_llong(),
                               .modified = *modified});
  }
  if (root.child("IsTruncated").text().as_bool()) {
    listing.following = root.child("NextContinuationToken").child_value();
    // Half a listing must not pass for the whole.
    if (listing.following.empty()) return unreadable();
  }
  return listing;
}

std::optional<calendar::Instant> read_http_date(const std::string& text) {
  const time_t seconds = curl_getdate(text.c_str(), nullptr);
  if (seconds < 0) return std::nullopt;
  return calendar::Instant{std::chrono::seconds{seconds}};
}

calendar::Instant latest_put(const S3Answer& answer, calendar::Instant modified,
                             calendar::Instant now) {
  const calendar::Instant theirs = read_http_date(answer.header("date")).value_or(now);
  // The fractions that both times have lost make a second at most.
  const auto age = theirs - modified - std::chrono::seconds{1};
  return now - std::max(age, std::chrono::milliseconds{0});
}

}  // namespace storage
