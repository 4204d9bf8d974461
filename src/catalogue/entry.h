#pragma once
// entry.h - one procedure as the national catalogue publishes it: what it says, and what was
// understood of it, side by side.
//
// A value, no more.  Read by page_reader.h (pages) and list_reader.h (published lists); judged by
// lint.h; made into a package by draft.h.  Raw texts are kept as published: whoever doubts what was
// understood can look.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "calendar/limit.h"
#include "procedure/component.h"
#include "procedure/procedure.h"

namespace catalogue {

// "Cấp thực hiện"; a procedure may have several.
enum class Tier { ministry, province, commune, other };

// Where a record was read.
struct Source {
  std::string file;  // name without folders
  int row = 0;       // line of a page file, row of a sheet; from 1
};

enum class FeeKind {
  free,      // "Miễn phí"
  amount,    // so many dong
  by_rule,   // the page says what it depends on (a council, a tariff), not how much
  unstated,  // "Không có thông tin", or nothing
};

struct StatedFee {
  FeeKind kind = FeeKind::unstated;
  std::int64_t amount = 0;      // for FeeKind::amount
  std::string currency{"VND"};  // as published otherwise: "USD"
  std::string note;             // what it is for, as published
  bool understood = true;       // false: amount or currency could not be told
  std::string raw;
};

// One line of "cách thức thực hiện".
struct ChannelLine {
  procedure::Channel channel = procedure::Channel::counter;
  std::string raw_time;                  // "3 Ngày làm việc"; empty: no time given
  std::optional<calendar::Limit> limit;  // what was understood of it
  bool limit_from_words = false;         // read in the description, not in the column of times
  // The page says how long it takes.  False for "Không có thông tin" and for a lone "1" without a
  // unit, which the portal prints where nobody entered anything, unless words say more.
  bool limit_stated = false;
  std::vector<StatedFee> fees;
  std::string note;
  std::string raw;
};

struct StatedComponent {
  std::string group;    // heading it stands under, as published; "--" is no heading
  int case_index = -1;  // into Entry::cases; -1: in every case
  std::string name;
  procedure::ComponentKind kind = procedure::ComponentKind::submit;
  int originals = 0;
  int copies = 0;
  std::vector<std::string> templates;  // names of files to fill in
  bool understood = false;             // name and numbers were told apart
  bool instruction = false;            // it tells what to do rather than naming a paper
  std::string raw;
};

struct StatedCase {
  std::string name;                        // as published, one line
  std::optional<calendar::Limit> limit{};  // only by an accepted mending: pages publish by channel
};

struct StatedResult {
  std::string name;
  std::string code;              // as published; empty: none
  bool code_understood = false;  // it has one of the known forms
};

struct StatedBasis {
  std::string title;
  std::string number;  // "123/2015/NĐ-CP", may be empty
};

// A line of a published list.
struct ListRow {
  std::string code;
  std::string name;
  std::string ministry;  // "Cơ quan ban hành"
  std::vector<std::string> agencies;
  std::string field;
  Source source;
};

struct Entry {
  std::string code;  // "1.001193"
  std::string name;
  std::string decision;  // "379/QĐ-BNNMT"
  std::string ministry;  // abbreviation at its end, "BNNMT"; or from a list: "Bộ Tư pháp"
  std::vector<Tier> tiers;
  std::string kind;   // "Loại thủ tục"
  std::string field;  // "Lĩnh vực"
  std::vector<std::string> subjects;
  std::vector<std::string> agencies;  // "Cơ quan thực hiện"
  std::string competent_agency;
  std::string coordinating_agency;
  std::vector<ChannelLine> channels;
  std::vector<StatedCase> cases;
  std::vector<StatedComponent> components;
  std::vector<StatedBasis> legal_basis;
  std::vector<StatedResult> results;
  std::string steps;              // "Trình tự thực hiện"
  std::string conditions;         // "Yêu cầu, điều kiện"; empty: none
  std::string page;               // address of the page
  bool list_only = false;         // known from a list; no page was read
  std::optional<ListRow> listed;  // what a list says of it, beside the page
  base::json::object raw;         // the record as published
  std::string content_hash;       // SHA-256, hex, over `raw` in canonical form
  Source source;
};

}  // namespace catalogue
