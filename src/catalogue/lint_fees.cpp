// lint_fees.cpp - amounts without their zeros, fees that are free and are not.
#include <algorithm>
#include <optional>
#include <set>

#include "catalogue/fee_text.h"
#include "catalogue/finding_text.h"
#include "catalogue/lint_rules.h"

namespace catalogue {
namespace {

// A fee of less cannot be: the smallest coin that is in use is worth more.
constexpr std::int64_t kSmallestFee = 1000;

Mending amount_becomes(const StatedFee& fee, std::int64_t amount) {
  return {.change = Mending::Change::fee_amount, .from = fee.raw, .to = std::to_string(amount)};
}

// The one amount that the note names.
std::optional<std::int64_t> amount_in(const std::string& note) {
  const auto named = amounts_in_words(note);
  const std::set<std::int64_t> distinct(named.begin(), named.end());
  if (distinct.size() != 1) return std::nullopt;
  return *distinct.begin();
}

std::optional<Finding> judged(const Entry& entry, const StatedFee& fee, const std::string& where) {
  if (!fee.understood) return finding_about(entry, FindingKind::fee_unclear, where, fee.raw);
  const auto named = amount_in(fee.note);
  if (fee.kind == FeeKind::amount && fee.currency == "VND" && fee.amount < kSmallestFee) {
    Finding finding = finding_about(entry, FindingKind::fee_without_zeros, where, fee.raw);
    finding.mending =
        amount_becomes(fee, named && *named >= kSmallestFee ? *named : fee.amount * 1000);
    return finding;
  }
  if (fee.kind == FeeKind::amount && fee.currency == "VND" && named && *named != fee.amount) {
    Finding finding = finding_about(entry, FindingKind::fee_disagrees_with_note, where, fee.raw);
    finding.mending = amount_becomes(fee, *named);
    return finding;
  }
  if (fee.kind == FeeKind::by_rule && !amounts_in_words(fee.note).empty()) {
    Finding finding = finding_about(entry, FindingKind::fee_free_with_amount, where, fee.raw);
    if (named) {
      finding.mending = amount_becomes(fee, *named);
    } else {
      finding.proposal = {"Chú thích nêu nhiều mức: lập bảng phí theo trường hợp",
                          "The note names several amounts: make a table of fees by case"};
    }
    return finding;
  }
  if (fee.kind == FeeKind::by_rule) {
    return finding_about(entry, FindingKind::fee_free_by_rule, where, fee.raw);
  }
  return std::nullopt;
}

}  // namespace

void lint_fees(const Entry& entry, std::vector<Finding>& found) {
  std::set<std::string> seen;  // the same text in each channel is one fault
  for (std::size_t i = 0; i < entry.channels.size(); ++i) {
    const auto& fees = entry.channels[i].fees;
    for (std::size_t j = 0; j < fees.size(); ++j) {
      const std::string where = "channels/" + std::to_string(i) + "/fees/" + std::to_string(j);
      auto finding = judged(entry, fees[j], where);
      if (finding && seen.insert(fees[j].raw).second) found.push_back(std::move(*finding));
    }
  }
}

}  // namespace catalogue
