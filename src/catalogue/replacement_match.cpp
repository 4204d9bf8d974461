// replacement_match.cpp - when two names of a paper are the same paper, and what follows of it.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "catalogue/draft_text.h"
#include "catalogue/replacement.h"

namespace catalogue {
namespace {

constexpr double kWeakWeight = 0.25;
constexpr std::size_t kWordsMax = 400;  // of one name

std::string with_synonyms(std::string folded, const DraftPolicy& policy) {
  for (const auto& [from, to] : policy.synonyms) {
    if (from.empty() || from == to) continue;
    for (std::size_t at = folded.find(from); at != std::string::npos;) {
      const std::size_t end = at + from.size();
      const bool word =
          (at == 0 || folded[at - 1] == ' ') && (end == folded.size() || folded[end] == ' ');
      if (!word) {
        at = folded.find(from, at + 1);
        continue;
      }
      folded.replace(at, from.size(), to);
      at = folded.find(from, at + to.size());
    }
  }
  return folded;
}

using Words = std::map<std::string, int, std::less<>>;

Words words_of(std::string_view name, const DraftPolicy& policy) {
  const std::string folded = with_synonyms(base::fold_for_search(name), policy);
  Words words;
  std::size_t count = 0;
  std::string_view rest = folded;
  while (!rest.empty() && count++ < kWordsMax) {
    const std::size_t end = rest.find(' ');
    ++words[std::string{rest.substr(0, end)}];
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return words;
}

double weight_of(const std::string& word, const DraftPolicy& policy) {
  return std::ranges::binary_search(policy.weak_words, word) ? kWeakWeight : 1;
}

// Names of papers within one row: "Giấy khai sinh; Căn cước".
std::vector<std::string> parts_of(std::string_view paper) {
  std::vector<std::string> parts;
  while (!paper.empty()) {
    const std::size_t end = paper.find(';');
    std::string part = base::to_one_line(paper.substr(0, end));
    if (!base::fold_for_search(part).empty()) parts.push_back(std::move(part));
    paper = end == std::string_view::npos ? std::string_view{} : paper.substr(end + 1);
  }
  return parts;
}

Match compare(const Replacement& row, const std::string& part, const PaperName& paper,
              const DraftPolicy& policy) {
  Match match{&row, paper.id, paper.name, MatchKind::none, 1};
  if (base::to_one_line(part) == base::to_one_line(paper.name)) {
    match.kind = MatchKind::exact;
  } else if (base::fold_for_search(part) == base::fold_for_search(paper.name)) {
    match.kind = MatchKind::folded;
  } else {
    match.score = likeness(part, paper.name, policy);
    match.kind = match.score >= policy.match_accept   ? MatchKind::fuzzy
                 : match.score >= policy.match_review ? MatchKind::review
                                                      : MatchKind::none;
  }
  return match;
}

bool is_sure(MatchKind kind) {
  return kind == MatchKind::exact || kind == MatchKind::folded || kind == MatchKind::fuzzy;
}

const DatabaseRow* database_of(std::string_view published, const DraftPolicy& policy) {
  const std::string folded = base::fold_for_search(published);
  const auto found = std::ranges::find_if(
      policy.databases, [&](const DatabaseRow& row) { return says(folded, row.words); });
  return found == policy.databases.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_text(MatchKind kind) {
  switch (kind) {
    case MatchKind::exact:
      return "exact";
    case MatchKind::folded:
      return "folded";
    case MatchKind::fuzzy:
      return "fuzzy";
    case MatchKind::review:
      return "review";
    case MatchKind::none:
      return "none";
  }
  return "";
}

double likeness(std::string_view a, std::string_view b, const DraftPolicy& policy) {
  const Words left = words_of(a, policy);
  const Words right = words_of(b, policy);
  double common = 0;
  double in_left = 0;
  double in_right = 0;
  bool strong = false;  // a word that says something is in both
  for (const auto& [word, count] : left) {
    const double weight = weight_of(word, policy);
    in_left += weight * count;
    const auto other = right.find(word);
    if (other == right.end()) continue;
    common += weight * std::min(count, other->second);
    strong = strong || weight == 1;
  }
  for (const auto& [word, count] : right) in_right += weight_of(word, policy) * count;
  if (!strong || in_left == 0 || in_right == 0) return 0;
  const double dice = 2 * common / (in_left + in_right);
  // Wholly within the other: the longer the other, the less it says.
  const double shorter = std::min(in_left, in_right);
  const double within = common / shorter;
  const double share = shorter / std::max(in_left, in_right);
  return std::max(dice, within * (0.55 + 0.45 * share));
}

Bilingual database_name(std::string_view published, const DraftPolicy& policy) {
  if (const DatabaseRow* row = database_of(published, policy)) return row->name;
  const std::string name = fitted(published, 300);
  return untranslated(name.empty() ? "Cơ sở dữ liệu quốc gia" : name);
}

std::vector<Match> match_papers(const std::vector<Replacement>& replacements,
                                const std::vector<PaperName>& papers, const DraftPolicy& policy) {
  std::vector<Match> matches;
  for (const Replacement& row : replacements) {
    bool any = false;
    std::set<std::string, std::less<>> told;
    for (const std::string& part : parts_of(row.paper)) {
      std::vector<Match> alike;
      for (const PaperName& paper : papers) {
        Match match = compare(row, part, paper, policy);
        if (match.kind != MatchKind::none) alike.push_back(std::move(match));
      }
      std::ranges::stable_sort(alike, [](const Match& a, const Match& b) {
        return std::pair{-a.score, static_cast<int>(a.kind)} <
               std::pair{-b.score, static_cast<int>(b.kind)};
      });
      // Whatever is surely that paper (a page may list it for each case); else the likest three.
      std::size_t doubtful = 0;
      const bool sure = !alike.empty() && is_sure(alike.front().kind);
      for (Match& match : alike) {
        if (!is_sure(match.kind) && (sure || ++doubtful > 3)) continue;
        if (!told.insert(match.paper).second) continue;
        any = true;
        matches.push_back(std::move(match));
      }
    }
    if (!any) matches.push_back({&row, {}, {}, MatchKind::none, 0});
  }
  return matches;
}

void ReplacementBook::add(Replacement row) {
  std::vector<Replacement>& list = rows[row.procedure];
  const auto found = std::ranges::find_if(
      list, [&](const Replacement& one) { return key_of(one) == key_of(row); });
  if (found != list.end()) {
    *found = std::move(row);
  } else {
    list.push_back(std::move(row));
  }
}

std::string decision_key(const Replacement& row, std::string_view paper_name) {
  return key_of(row) + "/" + base::fold_for_search(paper_name);
}

std::vector<Match> applying_matches(const ReplacementBook& book, std::string_view procedure,
                                    const std::vector<PaperName>& papers,
                                    const DraftPolicy& policy) {
  const auto rows = book.rows.find(procedure);
  if (rows == book.rows.end()) return {};
  std::vector<Match> matches = match_papers(rows->second, papers, policy);
  std::erase_if(matches, [&](const Match& match) {
    if (match.kind == MatchKind::none) return true;
    const auto decided = book.decisions.find(decision_key(*match.replacement, match.paper_name));
    return decided == book.decisions.end() ? !is_sure(match.kind) : !decided->second.accepted;
  });
  return matches;
}

std::string replaced_by_yaml(const Replacement& row, const DraftPolicy& policy) {
  std::string fields;
  if (const DatabaseRow* database = database_of(row.database, policy)) {
    for (const std::string& field : database->fields) {
      fields += (fields.empty() ? "" : ", ") + yaml_quoted(field);
    }
  }
  std::string basis =
      "{act: " + yaml_quoted(fitted(row.by_act, 60)) +
      ", article: " + yaml_quoted("Phụ lục, dòng " + std::to_string(row.row)) +
      ", title: {vi: \"Dùng dữ liệu thay giấy tờ\", en: \"Data instead of papers\"}";
  if (row.from) basis += ", from: " + calendar::to_iso(*row.from);
  if (row.to) basis += ", to: " + calendar::to_iso(*row.to);
  basis += "}";
  return "{database: " + yaml_bilingual(database_name(row.database, policy)) + ", fields: [" +
         fields + "], basis: " + basis + ", fallback: " + yaml_bilingual(policy.fallback) + "}";
}

}  // namespace catalogue
