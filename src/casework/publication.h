#pragma once
// publication.h - a revision of a procedure that is, was or will be in force, as it is kept.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"
#include "procedure/card.h"

namespace casework {

// Who had it put in force: never one person alone.
struct Approval {
  std::string proposed_by;  // officer's id
  std::string proposed_by_name;
  std::string approved_by;
  std::string approved_by_name;
  calendar::Instant at{};
};

struct Publication {
  std::string code;
  std::string digest;
  std::optional<calendar::Date> from;  // first day; none: always
  std::optional<calendar::Date> to;    // last day; none: until a later one begins
  std::string origin;  // "shipped", "draft", "folder"; "withdrawal": from that day on there is none
  Approval approval;
  procedure::Card card;
};

// An overlay in force, with its text.
struct OverlayPublication {
  std::string code;
  std::string agency;
  std::string digest;
  std::optional<calendar::Date> from;
  std::optional<calendar::Date> to;
  Approval approval;
  std::string text;
};

// The bodies of kinds kPackage and kOverlay: all revisions so far, oldest first.
[[nodiscard]] std::string to_body(const std::vector<Publication>& revisions);
[[nodiscard]] std::string to_body(const std::vector<OverlayPublication>& revisions);
// Fault `corrupt` where it is not one of ours.
[[nodiscard]] base::Outcome<std::vector<Publication>> read_publications(const std::string& code,
                                                                        std::string_view body);
[[nodiscard]] base::Outcome<std::vector<OverlayPublication>> read_overlay_publications(
    std::string_view body);

// Of several whose days hold `on`, the one that began last; of those, the one published last.  On
// and after the day of a withdrawal nothing that was published before it, or began before its day.
// Nothing where none is in force.
[[nodiscard]] const Publication* in_force(const std::vector<Publication>& revisions,
                                          calendar::Date on);
// The same for overlays, of any procedures and agencies: each for the days on which it counts, in
// pieces where a temporary one stands in between.  At no day two of one agency.
[[nodiscard]] std::vector<OverlayPublication> each_in_its_time(
    const std::vector<OverlayPublication>& revisions);

}  // namespace casework
