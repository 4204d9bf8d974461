// authority_revocation.cpp - may this record be revoked, and what ends with it?
#include "party/authority_check.h"
#include "party/authority_words.h"

namespace party {

namespace {

using Fault = AuthorityFault;

}  // namespace

AuthorityProblems check_revocation(const AuthorityEntry& entry, const Revocation& revocation,
                                   const AuthorityRegister& in_register) {
  AuthorityProblems problems;
  // An end that is to come may be brought forward.
  if (entry.revocation.has_value() && entry.revocation->counts_from() <= revocation.counts_from()) {
    problems.push_back(
        {.fault = Fault::already_revoked,
         .field = "at",
         .message = {"Đã thu hồi từ " + moment_vi(entry.revocation->counts_from()) +
                         ". Không cần thu hồi lần nữa.",
                     "It was revoked from " + moment_en(entry.revocation->counts_from()) +
                         ". There is no need to revoke it again."},
         .entries = {}});
    return problems;
  }
  if (in_register.effective(entry).until <= revocation.counts_from()) {
    problems.push_back({.fault = Fault::already_over,
                        .field = "at",
                        .message = {"Thời hạn đã kết thúc trước thời điểm thu hồi.",
                                    "It has ended before that moment already."},
                        .entries = {}});
    return problems;
  }
  // Who is away may come back without a decision; everything else was given by one.
  const bool whole = revocation.act.is_named() && !revocation.act.issuer.empty() &&
                     revocation.act.issued_on.has_value();
  if (entry.kind != AuthorityKind::absence && !whole) {
    problems.push_back({.fault = Fault::act_missing,
                        .field = "act",
                        .message = {"Thiếu số, cơ quan ban hành hoặc ngày của văn bản thu hồi.",
                                    "The number, issuer or day of the revoking decision is "
                                    "missing. Give all three."},
                        .entries = {}});
  }
  std::vector<std::string> ended;
  std::string names;
  for (const AuthorityEntry* one : in_register.resting_on(entry.id)) {
    if (in_register.effective(*one).until <= revocation.counts_from()) continue;
    ended.push_back(one->id);
    names += (names.empty() ? "" : ", ") + one->to_name;
  }
  if (!ended.empty()) {
    problems.push_back(
        {.fault = Fault::ends_others,
         .field = "at",
         .message = {std::to_string(ended.size()) +
                         " ủy quyền tiếp dựa trên thẩm quyền này sẽ hết theo: " + names + ".",
                     std::to_string(ended.size()) +
                         " further delegations rest on it and end with it: " + names + "."},
         .entries = std::move(ended)});
  }
  return problems;
}

}  // namespace party
