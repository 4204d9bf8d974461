#include "catalogue/draft_fees.h"

#include <algorithm>
#include <map>

#include <boost/json.hpp>

#include "base/text.h"
#include "catalogue/draft_text.h"
#include "catalogue/process_drawing.h"

namespace catalogue {
namespace {

using procedure::Channel;

constexpr std::size_t kItemsMax = 30;
constexpr std::size_t kNameMax = 150;
constexpr std::size_t kReasonMax = 400;
constexpr std::int64_t kAmountMax = 1'000'000'000'000;

struct Item {
  StatedFee fee;
  std::string note;  // one line
  std::string id;
  std::vector<Channel> channels{};
};

bool in_dong(const StatedFee& fee) {
  return fee.kind == FeeKind::amount && (fee.currency.empty() || fee.currency == "VND") &&
         fee.amount >= 0 && fee.amount <= kAmountMax;
}

std::int64_t amount_of(const Item& item) {
  return in_dong(item.fee) ? item.fee.amount : 0;
}

bool is_example(const Item& item) {
  return item.fee.kind != FeeKind::free && !in_dong(item.fee);
}

std::string label_of(const Item& item) {
  std::string head;
  switch (item.fee.kind) {
    case FeeKind::free:
      head = "Miễn phí";
      break;
    case FeeKind::amount:
      head = grouped(item.fee.amount) + (in_dong(item.fee) ? " đồng" : " " + item.fee.currency);
      break;
    case FeeKind::by_rule:
      head = "Theo quy định";
      break;
    case FeeKind::unstated:
      head = "Chưa công bố";
      break;
  }
  return fitted(item.note.empty() ? head : head + ": " + item.note, kReasonMax);
}

std::string line_of(const Item& item) {
  Bilingual name;
  Bilingual reason;
  const std::string note = fitted(item.note, kReasonMax);
  switch (item.fee.kind) {
    case FeeKind::free:
      name = {"Không thu phí, lệ phí", "Free of charge"};
      reason = note.empty() ? Bilingual{"Miễn phí theo trang công bố", "Free as published"}
                            : untranslated(note);
      break;
    case FeeKind::amount:
      name = note.empty() ? Bilingual{"Phí, lệ phí", "Fee"}
                          : untranslated(fitted(item.note, kNameMax));
      if (in_dong(item.fee)) {
        reason = {"Mức trên trang công bố", "The published amount"};
      } else {
        const std::string money = grouped(item.fee.amount) + " " + fitted(item.fee.currency, 20);
        reason = {"Công bố là " + money + ", chưa quy đổi ra đồng",
                  "Published as " + money + ", not yet converted into dong"};
      }
      break;
    case FeeKind::by_rule:
      name = {"Phí, lệ phí theo quy định", "Fee set by another act"};
      reason = note.empty() ? Bilingual{"Mức do văn bản khác quy định, chưa biết",
                                        "Set by another act, not known yet"}
                            : untranslated(note);
      break;
    case FeeKind::unstated:
      name = {"Phí, lệ phí", "Fee"};
      reason = {"Trang công bố không nêu mức phí, lệ phí", "The published page names no fee"};
      break;
  }
  return "{code: " + feel_quoted(item.id) + ", name_vi: " + feel_quoted(name.vi) +
         ", name_en: " + feel_quoted(name.en) + ", amount: " + std::to_string(amount_of(item)) +
         ", reason_vi: " + feel_quoted(reason.vi) + ", reason_en: " + feel_quoted(reason.en) +
         ", example_value: " + (is_example(item) ? "true" : "false") + "}";
}

// The fees of the page, each once, with the channels they stand at.
std::vector<Item> items_of(const Entry& entry, const std::vector<Channel>& channels) {
  std::vector<Item> items;
  for (const Channel channel : channels) {
    bool stated = false;
    const auto add = [&](const StatedFee& fee) {
      std::string note = fitted(fee.note, kReasonMax);
      auto found = std::ranges::find_if(items, [&](const Item& item) {
        return item.fee.kind == fee.kind && item.fee.amount == fee.amount &&
               item.fee.currency == fee.currency && item.note == note;
      });
      if (found == items.end()) {
        if (items.size() == kItemsMax) return;
        items.push_back({fee, std::move(note), {}});
        found = items.end() - 1;
      }
      if (std::ranges::find(found->channels, channel) == found->channels.end()) {
        found->channels.push_back(channel);
      }
    };
    for (const ChannelLine& line : entry.channels) {
      if (line.channel != channel) continue;
      for (const StatedFee& fee : line.fees) {
        if (fee.kind == FeeKind::unstated) continue;
        stated = true;
        add(fee);
      }
    }
    if (!stated) add(StatedFee{});
  }
  IdMaker ids;
  for (Item& item : items) {
    switch (item.fee.kind) {
      case FeeKind::free:
        item.id = ids.make("mien phi", "phi");
        break;
      case FeeKind::unstated:
        item.id = ids.make("chua cong bo", "phi");
        break;
      case FeeKind::amount:
      case FeeKind::by_rule:
        item.id = ids.make(item.note, "phi");
        break;
    }
  }
  return items;
}

bool stands_at(const Item& item, Channel channel) {
  return std::ranges::find(item.channels, channel) != item.channels.end();
}

// `input`: the one name that the expression reads, may be empty.
std::string dmn(const std::string& procedure, const std::string& input, const std::string& type,
                const std::string& expression) {
  std::string declared;
  std::string required;
  std::string drawn;
  if (!input.empty()) {
    declared = "  <inputData id=\"input_" + input + "\" name=\"" + input +
               "\">\n    <variable name=\"" + input + "\"" + type + " />\n  </inputData>\n";
    required = "    <informationRequirement id=\"requires_" + input +
               "\">\n      <requiredInput href=\"#input_" + input +
               "\" />\n    </informationRequirement>\n";
    drawn = "      <dmndi:DMNShape id=\"input_di\" dmnElementRef=\"input_" + input +
            "\">\n        <dc:Bounds x=\"268\" y=\"240\" width=\"125\" height=\"45\" />\n"
            "      </dmndi:DMNShape>\n"
            "      <dmndi:DMNEdge id=\"requires_di\" dmnElementRef=\"requires_" +
            input +
            "\">\n        <di:waypoint x=\"330\" y=\"240\" />\n"
            "        <di:waypoint x=\"330\" y=\"160\" />\n      </dmndi:DMNEdge>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\""
         " xmlns:dmndi=\"https://www.omg.org/spec/DMN/20191111/DMNDI/\""
         " xmlns:dc=\"http://www.omg.org/spec/DMN/20180521/DC/\""
         " xmlns:di=\"http://www.omg.org/spec/DMN/20180521/DI/\""
         " id=\"definitions\" name=\"" +
         xml_escaped("Phí, lệ phí của thủ tục " + procedure) +
         "\" namespace=\"https://motcua.vn/procedures/" + xml_escaped(procedure) + "\">\n" +
         declared +
         "  <decision id=\"fees\" name=\"fees\">\n"
         "    <variable name=\"fees\" />\n" +
         required +
         "    <literalExpression>\n"
         "      <text>" +
         xml_escaped(expression) +
         "</text>\n"
         "    </literalExpression>\n"
         "  </decision>\n"
         "  <dmndi:DMNDI>\n"
         "    <dmndi:DMNDiagram id=\"diagram\">\n" +
         drawn +
         "      <dmndi:DMNShape id=\"fees_di\" dmnElementRef=\"fees\">\n"
         "        <dc:Bounds x=\"240\" y=\"80\" width=\"180\" height=\"80\" />\n"
         "      </dmndi:DMNShape>\n"
         "    </dmndi:DMNDiagram>\n"
         "  </dmndi:DMNDI>\n"
         "</definitions>\n";
}

// if channel = "online" then […] else if channel = "post" then […] else […]; the same for
// all channels: […].
std::string by_channel(const std::vector<Item>& items, const std::vector<Channel>& channels) {
  std::map<std::string, std::vector<Channel>> lines;
  std::vector<std::string> order;
  for (const Channel channel : channels) {
    const auto item =
        std::ranges::find_if(items, [&](const Item& one) { return stands_at(one, channel); });
    const std::string line = "[" + line_of(*item) + "]";
    if (!lines.contains(line)) order.push_back(line);
    lines[line].push_back(channel);
  }
  std::string expression;
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    std::string condition;
    for (const Channel channel : lines[order[i]]) {
      condition += (condition.empty() ? "" : " or ") + std::string{"channel = "} +
                   feel_quoted(procedure::to_text(channel));
    }
    expression += "if " + condition + " then " + order[i] + "\nelse ";
  }
  return expression + order.back();
}

std::string by_answer(const std::vector<Item>& items) {
  std::string parts;
  for (const Item& item : items) {
    parts += (parts.empty() ? "\n  " : ",\n  ") + std::string{"if list contains(fee_items, "} +
             feel_quoted(item.id) + ") then [" + line_of(item) + "] else []";
  }
  return "concatenate(" + parts + ")";
}

std::string question(const std::vector<Item>& items) {
  std::string field =
      "- id: fee_items\n"
      "  type: multi_choice\n"
      "  label: {vi: \"Khoản phí, lệ phí áp dụng\", en: \"Fees that apply\"}\n"
      "  help: {vi: \"Chọn khoản đúng với trường hợp của mình; cán bộ tiếp nhận sẽ kiểm tra lại.\","
      " en: \"Choose what fits your case; the officer who receives the dossier checks it.\"}\n"
      "  required: true\n"
      "  options:\n";
  for (const Item& item : items) {
    field += "    - {value: " + yaml_quoted(item.id) +
             ", label: " + yaml_bilingual(untranslated(label_of(item))) + "}\n";
  }
  return field;
}

}  // namespace

DraftFees draft_fees(const Entry& entry, const std::vector<Channel>& channels) {
  const std::vector<Item> items = items_of(entry, channels);
  DraftFees fees;
  bool several = false;
  for (const Channel channel : channels) {
    several = several || std::ranges::count_if(
                             items, [&](const Item& item) { return stands_at(item, channel); }) > 1;
  }
  std::string text;
  for (const Item& item : items) {
    fees.unknown =
        fees.unknown || item.fee.kind == FeeKind::by_rule || item.fee.kind == FeeKind::unstated;
    fees.other_money = fees.other_money || (item.fee.kind == FeeKind::amount && !in_dong(item.fee));
    text += (text.empty() ? "" : "; ") + label_of(item);
  }
  fees.text = untranslated(fitted(text, 1500));
  if (items.size() == 1 && items.front().note.empty()) {
    switch (items.front().fee.kind) {
      case FeeKind::free:
        fees.text = {"Miễn phí.", "Free of charge."};
        break;
      case FeeKind::unstated:
        fees.text = {"Trang công bố không nêu mức phí, lệ phí.",
                     "The published page names no fee."};
        break;
      case FeeKind::amount:
      case FeeKind::by_rule:
        break;
    }
  }
  if (several) {
    fees.rules = dmn(entry.code, "fee_items", "", by_answer(items));
    fees.field = question(items);
    const auto chosen = std::ranges::find_if(
        items, [&](const Item& item) { return stands_at(item, channels.front()); });
    fees.answers["fee_items"] = base::json::array{base::json::string{chosen->id}};
    fees.example_total = amount_of(*chosen);
  } else {
    const std::string expression = by_channel(items, channels);
    const bool reads = expression.starts_with("if ");
    fees.rules = dmn(entry.code, reads ? "channel" : "", " typeRef=\"string\"", expression);
    const auto chosen = std::ranges::find_if(
        items, [&](const Item& item) { return stands_at(item, channels.front()); });
    fees.example_total = amount_of(*chosen);
  }
  return fees;
}

}  // namespace catalogue
