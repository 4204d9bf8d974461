#include "party/signature_check.h"

#include <algorithm>
#include <array>

namespace party {

namespace {

using Finding = SignatureFinding;

struct Told {
  std::string_view name;
  const char* vi;
  const char* en;
};
constexpr std::array<Told, 9> kTold{{
    {"by_post", "Ký đúng thẩm quyền theo chức vụ.", "Authorised by the officer's post."},
    {"by_mandate",
     "Ký đúng thẩm quyền theo văn bản giao quyền, ủy quyền hoặc ký thay còn hiệu lực.",
     "Authorised by a grant, a delegation or as a deputy that counted then."},
    {"unknown_officer", "Không có cán bộ này: chữ ký không được xác nhận.",
     "No such officer is known: the signature is not confirmed."},
    {"not_in_service", "Người ký không công tác vào thời điểm ký: chữ ký không đúng thẩm quyền.",
     "The signer was not in service then: not authorised."},
    {"mandate_not_begun",
     "Thời hạn được giao quyền chưa bắt đầu vào thời điểm ký: chữ ký không đúng thẩm quyền.",
     "What it rests on had not begun at that moment: not authorised."},
    {"mandate_ended",
     "Thời hạn được giao quyền đã hết vào thời điểm ký: chữ ký không đúng thẩm quyền.",
     "What it rests on had ended at that moment: not authorised."},
    {"mandate_unknown", "Không có bản ghi giao quyền mà chữ ký dẫn ra: chữ ký không được xác nhận.",
     "The record that it names does not exist: the signature is not confirmed."},
    {"mandate_of_another",
     "Bản ghi giao quyền mà chữ ký dẫn ra không dành cho người ký hoặc việc này: chữ ký không "
     "đúng thẩm quyền.",
     "The record that it names is not about this signer or this matter: not authorised."},
    {"no_authority", "Người ký không có thẩm quyền đối với việc này.",
     "The signer had no authority for this."},
}};

Finding finding_of(Reason reason) {
  switch (reason) {
    case Reason::mandate_ended:
      return Finding::mandate_ended;
    case Reason::mandate_not_begun:
      return Finding::mandate_not_begun;
    case Reason::not_active:
      return Finding::not_in_service;
    default:
      return Finding::no_authority;
  }
}

SignatureCheck checked(const Verdict& verdict, Finding allowed) {
  SignatureCheck check{.finding = verdict.allowed ? allowed : finding_of(verdict.reason),
                       .mandate = {}};
  if (verdict.mandate != nullptr) check.mandate = *verdict.mandate;
  return check;
}

}  // namespace

std::string_view name(SignatureFinding finding) {
  return kTold.at(static_cast<std::size_t>(finding)).name;
}

calendar::Bilingual explain(SignatureFinding finding) {
  const Told& told = kTold.at(static_cast<std::size_t>(finding));
  return {told.vi, told.en};
}

bool is_authorised(SignatureFinding finding) {
  return finding == Finding::by_post || finding == Finding::by_mandate;
}

SignatureCheck check_signature(const SignedAct& signed_act, const Officer* signer,
                               const AuthorityRegister& entries) {
  if (signer == nullptr) return {.finding = Finding::unknown_officer, .mandate = {}};
  if (!signer->is_active_on(calendar::local_date(signed_act.at))) {
    return {.finding = Finding::not_in_service, .mandate = {}};
  }
  Subject subject = signed_act.subject;
  subject.assignee.reset();
  const auto ask = [&](const Officer& as) {
    return may(as, signed_act.action, subject, signed_act.at);
  };
  Officer by_post = *signer;
  by_post.mandates.clear();
  // His mandates alone: it is not asked whether the post itself entitled him.
  Officer mandated = *signer;
  mandated.roles.clear();
  if (signed_act.mandate.empty()) {
    const Verdict post = ask(by_post);
    if (post.allowed) return checked(post, Finding::by_post);
    return checked(ask(mandated), Finding::by_mandate);
  }
  std::erase_if(mandated.mandates,
                [&](const Mandate& one) { return one.id != signed_act.mandate; });
  // A second post, and what came with the work of an agency that is no more, are no records of the
  // register; who has them has them by his appointment and the organisation of that day.
  if (mandated.mandates.empty() && entries.find(signed_act.mandate) == nullptr) {
    return {.finding = Finding::mandate_unknown, .mandate = {}};
  }
  SignatureCheck check = checked(ask(mandated), Finding::by_mandate);
  if (check.finding == Finding::no_authority) check.finding = Finding::mandate_of_another;
  return check;
}

}  // namespace party
