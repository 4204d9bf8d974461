// decide_fee.cpp - money at the counter: taken and given back, each with a numbered slip.
#include <algorithm>

#include "dossier/work.h"

namespace dossier {

namespace {

NumberSeries slip(const std::string& kind, const Circumstances& around) {
  const std::string year = calendar::to_iso(calendar::local_date(around.now)).substr(0, 4);
  const std::string& agency = around.actor.agency;
  return {.key = kind + "/" + agency + "/" + year,
          .prefix = (kind == "receipt" ? "BL-" : "HP-") + agency + "-" + year + "-",
          .width = 6,
          .suffix = {}};
}

}  // namespace

Decision decide(const Dossier& dossier, const RecordPayment& command, const Circumstances& around) {
  if (dossier.stage == Stage::none) return refuse(Refusal::not_yet_received);
  if (command.amount <= 0) return refuse(Refusal::bad_amount);
  if (command.method != "cash" && command.method != "transfer") {
    return refuse(Refusal::bad_method);
  }
  if (dossier.is_closed()) return refuse(Refusal::already_closed);
  if (command.amount > dossier.fee_total() - dossier.paid()) {
    return refuse(Refusal::nothing_to_pay);
  }
  std::vector<NewEvent> events;
  events.push_back({.event = PaymentRecorded{.amount = command.amount,
                                             .method = command.method,
                                             .reference = command.reference,
                                             .reason = command.reason},
                    .number = slip("receipt", around)});
  return events;
}

// Allowed after the end, too: that is when most refunds are due.
Decision decide(const Dossier& dossier, const RecordRefund& command, const Circumstances& around) {
  if (command.amount <= 0) return refuse(Refusal::bad_amount);
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  std::int64_t left = 0;
  bool found = false;
  for (const Payment& payment : dossier.payments) {
    if (!payment.refund && payment.receipt == command.receipt) {
      found = true;
      left += payment.amount;
    }
    if (payment.refund && payment.refunded_receipt == command.receipt) left -= payment.amount;
  }
  if (!found) return refuse(Refusal::unknown_receipt);
  if (command.amount > left) return refuse(Refusal::refund_too_large);
  std::vector<NewEvent> events;
  events.push_back({.event = RefundRecorded{.receipt = command.receipt,
                                            .amount = command.amount,
                                            .reason = command.reason},
                    .number = slip("refund", around)});
  return events;
}

}  // namespace dossier
