// outline_citizen.cpp - the half of the outline that whoever files meets: papers, questions, cases,
// results, fees, and the time it takes.
#include <algorithm>

#include "procedure/assessment.h"
#include "procedure/outline.h"
#include "procedure/procedure_json.h"

namespace procedure {
namespace {

using form::Bilingual;

Bilingual channel_in_words(Channel channel) {
  switch (channel) {
    case Channel::online:
      return {"trực tuyến", "online"};
    case Channel::counter:
      return {"tại quầy", "at the counter"};
    case Channel::post:
      return {"qua bưu chính", "by post"};
  }
  return {};
}

Bilingual silence_in_words(const SilenceRule& silence) {
  Bilingual words;
  switch (silence.rule) {
    case Silence::none:
      words = {"im lặng không có hệ quả", "silence means nothing"};
      break;
    case Silence::accept:
      words = {"im lặng là đồng ý", "silence is consent"};
      break;
    case Silence::refuse:
      words = {"im lặng là từ chối", "silence is refusal"};
      break;
    case Silence::escalate:
      words = {"quá hạn thì trình lãnh đạo", "silence goes to the leader"};
      break;
  }
  if (silence.basis.empty()) return words;
  return {words.vi + " (" + silence.basis + ")", words.en + " (" + silence.basis + ")"};
}

Bilingual condition_in_words(const std::optional<form::Condition>& condition) {
  return plain(condition ? condition->text() : std::string{});
}

std::string joined(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& one : list) text += (text.empty() ? "" : ", ") + one;
  return text;
}

Bilingual basis_in_words(const LegalBasis& basis) {
  std::string act = basis.act + (basis.article.empty() ? "" : ", " + basis.article);
  Bilingual words{act + " (" + basis.title.vi + ")", act + " (" + basis.title.en + ")"};
  if (basis.from) {
    words.vi += ", từ " + calendar::to_vietnamese(*basis.from);
    words.en += ", from " + calendar::to_iso(*basis.from);
  }
  if (basis.to) {
    words.vi += ", đến " + calendar::to_vietnamese(*basis.to);
    words.en += ", to " + calendar::to_iso(*basis.to);
  }
  return words;
}

Fact limit_fact(std::string key, Bilingual label, const std::optional<calendar::Limit>& limit) {
  Fact fact{std::move(key), Affected::deadline, std::move(label), {}, {}, Fact::Measure::length};
  if (!limit) return fact;
  fact.value = in_words(*limit);
  fact.size = nominal_working_minutes(*limit);
  return fact;
}

Entry case_entry(const Case& one) {
  Entry entry{"cases." + one.id,
              Affected::citizen,
              {"Trường hợp “" + one.name.vi + "”", "Case “" + one.name.en + "”"},
              {}};
  entry.facts.push_back({"name", Affected::citizen, {"tên", "name"}, one.name, {}});
  entry.facts.push_back({"when",
                         Affected::citizen,
                         {"điều kiện áp dụng", "condition"},
                         condition_in_words(one.when),
                         {}});
  entry.facts.push_back({"note", Affected::citizen, {"lưu ý", "note"}, one.note, {}});
  entry.facts.push_back({"silence",
                         Affected::deadline,
                         {"khi hết hạn", "silence"},
                         silence_in_words(one.silence),
                         {}});
  for (const ChannelLimit& limit : one.limits) {
    const Bilingual channel = channel_in_words(limit.channel);
    const std::string key = "limits." + std::string{to_text(limit.channel)};
    entry.facts.push_back(
        limit_fact(key + ".published",
                   {"thời hạn giải quyết, nộp " + channel.vi, "time limit, filed " + channel.en},
                   limit.published));
    entry.facts.push_back(
        limit_fact(key + ".internal",
                   {"thời hạn nội bộ, nộp " + channel.vi, "internal limit, filed " + channel.en},
                   limit.internal));
    entry.facts.push_back(
        {key + ".cutoff",
         Affected::deadline,
         {"giờ chốt nhận trong ngày, nộp " + channel.vi, "cut-off of the day, filed " + channel.en},
         limit.cutoff ? plain(calendar::to_text(*limit.cutoff)) : Bilingual{},
         {}});
  }
  return entry;
}

Entry component_entry(const Component& one) {
  Entry entry{"components." + one.id,
              Affected::citizen,
              {"Giấy tờ “" + one.name.vi + "”", "Paper “" + one.name.en + "”"},
              {}};
  const auto say = [&](const char* key, Bilingual label, Bilingual value) {
    entry.facts.push_back({key, Affected::citizen, std::move(label), std::move(value), {}});
  };
  say("name", {"tên", "name"}, one.name);
  say("kind", {"cách dùng", "use"},
      one.kind == ComponentKind::submit ? Bilingual{"phải nộp", "to submit"}
                                        : Bilingual{"phải xuất trình", "to show"});
  say("originals", {"số bản chính", "originals"}, plain(std::to_string(one.originals)));
  say("copies", {"số bản sao", "copies"}, plain(std::to_string(one.copies)));
  say("applies_when", {"khi nào cần", "asked for when"}, condition_in_words(one.applies_when));
  say("required", {"bắt buộc", "required"}, yes_or_no(one.required));
  say("note", {"lưu ý", "note"}, one.note);
  say("template", {"mẫu", "blank form"}, plain(one.template_id));
  say("issued_by_state", {"do cơ quan nhà nước cấp", "issued by an authority"},
      yes_or_no(one.issued_by_state));
  Bilingual data;
  for (const DataInstead& instead : one.replaced_by) {
    const Bilingual basis = basis_in_words(instead.basis);
    const std::string fields = joined(instead.fields);
    data.vi += (data.vi.empty() ? "" : "; ") + instead.database.vi + " [" + fields + "] – " +
               basis.vi + (instead.fallback.vi.empty() ? "" : "; " + instead.fallback.vi);
    data.en += (data.en.empty() ? "" : "; ") + instead.database.en + " [" + fields + "] – " +
               basis.en + (instead.fallback.en.empty() ? "" : "; " + instead.fallback.en);
  }
  say("replaced_by", {"được thay bằng dữ liệu", "replaced by data"}, data);
  return entry;
}

void tell_field(const form::Field& field, const std::string& path, const std::string& where,
                Outline& outline) {
  Entry entry{path,
              Affected::citizen,
              {"Câu hỏi “" + field.label.vi + "”", "Question “" + field.label.en + "”"},
              {}};
  const auto say = [&](const char* key, Bilingual label, Bilingual value) {
    entry.facts.push_back({key, Affected::citizen, std::move(label), std::move(value), {}});
  };
  const auto number = [](const auto& value) {
    return plain(value ? std::to_string(*value) : std::string{});
  };
  say("page", {"trang", "page"}, plain(where));
  say("from", {"dữ liệu trong từ điển", "dictionary entry"}, plain(field.code));
  say("type", {"loại", "kind"}, plain(std::string{form::to_text(field.type)}));
  say("label", {"nội dung hỏi", "wording"}, field.label);
  say("help", {"lời giúp", "help"}, field.help);
  say("required", {"bắt buộc", "required"}, yes_or_no(field.required));
  say("required_when", {"bắt buộc khi", "required when"}, condition_in_words(field.required_when));
  say("visible_when", {"chỉ hỏi khi", "asked when"}, condition_in_words(field.visible_when));
  say("min_length", {"độ dài tối thiểu", "minimal length"}, number(field.min_length));
  say("max_length", {"độ dài tối đa", "maximal length"}, number(field.max_length));
  say("min", {"giá trị nhỏ nhất", "minimum"}, number(field.minimum));
  say("max", {"giá trị lớn nhất", "maximum"}, number(field.maximum));
  say("earliest", {"ngày sớm nhất", "earliest day"}, plain(field.earliest.value_or("")));
  say("latest", {"ngày muộn nhất", "latest day"}, plain(field.latest.value_or("")));
  say("pattern", {"mẫu ký tự", "pattern"}, plain(field.pattern ? field.pattern->text() : ""));
  say("pattern_message", {"lời nhắc khi sai mẫu", "message"}, field.pattern_message);
  say("old_id_allowed", {"nhận số giấy tờ cũ", "old numbers allowed"},
      yes_or_no(field.old_id_allowed));
  say("birth_date_field", {"đối chiếu ngày sinh với", "birth date compared with"},
      plain(field.birth_date_field));
  say("sex_field", {"đối chiếu giới tính với", "sex compared with"}, plain(field.sex_field));
  Bilingual options;
  for (const form::Option& option : field.options) {
    options.vi += (options.vi.empty() ? "" : "; ") + option.label.vi + " (" + option.value + ")";
    options.en += (options.en.empty() ? "" : "; ") + option.label.en + " (" + option.value + ")";
  }
  say("options", {"lựa chọn", "options"}, options);
  say("max_rows", {"số dòng tối đa", "rows at most"},
      plain(field.max_rows == 0 ? "" : std::to_string(field.max_rows)));
  say("autocomplete", {"gợi ý của trình duyệt", "autocomplete"}, plain(field.autocomplete));
  say("source", {"nguồn dữ liệu gốc", "source of truth"}, field.source);
  say("prefill", {"điền sẵn từ", "filled in from"}, plain(field.prefill));
  say("personal_data", {"dữ liệu cá nhân", "personal data"},
      field.personal_data == form::PersonalData::no      ? yes_or_no(false)
      : field.personal_data == form::PersonalData::basic ? Bilingual{"cơ bản", "basic"}
                                                         : Bilingual{"nhạy cảm", "sensitive"});
  outline.entries.push_back(std::move(entry));
  for (const form::Field& column : field.columns) {
    tell_field(column, path + "." + column.id, where, outline);
  }
}

void tell_form(const form::Form& form, Outline& outline) {
  Order pages{"form.pages", Affected::citizen, {"thứ tự các trang", "order of the pages"}, {}};
  Order fields{"form.fields", Affected::citizen, {"thứ tự câu hỏi", "order of the questions"}, {}};
  for (const form::Page& page : form.pages) {
    pages.items.emplace_back(page.id, page.title);
    outline.entries.push_back(
        {"form.pages." + page.id,
         Affected::citizen,
         {"Trang “" + page.title.vi + "”", "Page “" + page.title.en + "”"},
         {{"title", Affected::citizen, {"tên", "title"}, page.title, {}},
          {"intro", Affected::citizen, {"lời dẫn", "introduction"}, page.intro, {}}}});
    for (const form::Field& field : page.fields) {
      fields.items.emplace_back(field.id, field.label);
      tell_field(field, "form.fields." + field.id, page.id, outline);
    }
  }
  outline.orders.push_back(std::move(pages));
  outline.orders.push_back(std::move(fields));
  for (const form::Check& check : form.checks) {
    outline.entries.push_back(
        {"form.checks." + check.id,
         Affected::citizen,
         {"Kiểm tra “" + check.message.vi + "”", "Check “" + check.message.en + "”"},
         {{"field", Affected::citizen, {"báo ở câu", "shown at"}, plain(check.field), {}},
          {"holds", Affected::citizen, {"điều kiện", "condition"}, plain(check.holds.text()), {}},
          {"severity",
           Affected::citizen,
           {"mức", "severity"},
           check.severity == form::Severity::error ? Bilingual{"bắt buộc", "error"}
                                                   : Bilingual{"nhắc", "warning"},
           {}},
          {"message", Affected::citizen, {"lời báo", "message"}, check.message, {}}}});
  }
}

void tell_conditions(const Procedure& procedure, Outline& outline) {
  for (const Eligibility& one : procedure.eligibility) {
    outline.entries.push_back(
        {"eligibility." + one.id,
         Affected::citizen,
         {"Điều kiện “" + one.message.vi + "”", "Condition “" + one.message.en + "”"},
         {{"holds", Affected::citizen, {"nội dung", "what holds"}, plain(one.holds.text()), {}},
          {"message", Affected::citizen, {"lời báo", "message"}, one.message, {}},
          {"basis", Affected::law, {"căn cứ", "basis"}, plain(one.basis), {}},
          {"severity",
           Affected::citizen,
           {"mức", "severity"},
           one.severity == form::Severity::error ? Bilingual{"bắt buộc", "error"}
                                                 : Bilingual{"nhắc", "warning"},
           {}},
          {"field", Affected::citizen, {"báo ở câu", "shown at"}, plain(one.field), {}}}});
  }
}

void tell_results(const Procedure& procedure, Outline& outline) {
  for (const ResultDocument& result : procedure.results) {
    outline.entries.push_back(
        {"results." + result.code,
         Affected::citizen,
         {"Kết quả “" + result.name.vi + "”", "Result “" + result.name.en + "”"},
         {{"name", Affected::citizen, {"tên", "name"}, result.name, {}},
          {"template", Affected::citizen, {"mẫu", "template"}, plain(result.template_id), {}}}});
  }
  for (const Template& one : procedure.templates) {
    outline.entries.push_back(
        {"templates." + one.id,
         Affected::citizen,
         {"Mẫu “" + one.name.vi + "”", "Blank form “" + one.name.en + "”"},
         {{"name", Affected::citizen, {"tên", "name"}, one.name, {}},
          {"file", Affected::citizen, {"tệp", "file"}, plain(one.file), {}}}});
  }
}

}  // namespace

void outline_for_citizens(const Procedure& procedure, Outline& outline) {
  Entry self{"", Affected::citizen, {}, {}};
  const auto say = [&](const char* key, Affected affected, Bilingual label, Bilingual value) {
    self.facts.push_back({key, affected, std::move(label), std::move(value), {}});
  };
  say("name", Affected::citizen, {"Tên thủ tục", "Name"}, procedure.name);
  say("summary", Affected::citizen, {"Giải thích", "Summary"}, procedure.summary);
  say("field", Affected::citizen, {"Lĩnh vực", "Field"}, procedure.field);
  say("keywords", Affected::citizen, {"Từ khóa tìm kiếm", "Search words"},
      plain(joined(procedure.keywords)));
  for (const Channel channel : {Channel::online, Channel::counter, Channel::post}) {
    const Bilingual words = channel_in_words(channel);
    self.facts.push_back({"channels." + std::string{to_text(channel)},
                          Affected::citizen,
                          {"Nộp " + words.vi, "Filing " + words.en},
                          procedure.takes(channel) ? yes_or_no(true) : yes_or_no(false),
                          {}});
  }
  for (std::size_t i = 0; i < procedure.notes.size(); ++i) {
    self.facts.push_back({"notes." + std::to_string(i + 1),
                          Affected::citizen,
                          {"Ghi chú " + std::to_string(i + 1), "Note " + std::to_string(i + 1)},
                          procedure.notes[i],
                          {}});
  }
  say("fees.text", Affected::fee, {"Phí, lệ phí", "Fees"}, procedure.fees_text);
  say("fees.example_value", Affected::fee, {"Mức phí là giá trị ví dụ", "The fees are examples"},
      yes_or_no(procedure.fees_are_examples));
  say("fees.decision", Affected::fee, {"Quyết định tính phí", "Decision on the fees"},
      plain(procedure.fee_decision));
  outline.entries.push_back(std::move(self));
  Order cases{"cases", Affected::citizen, {"thứ tự xét các trường hợp", "order of the cases"}, {}};
  for (const Case& one : procedure.cases) {
    cases.items.emplace_back(one.id, one.name);
    outline.entries.push_back(case_entry(one));
  }
  outline.orders.push_back(std::move(cases));
  Order papers{"components", Affected::citizen, {"thứ tự giấy tờ", "order of the papers"}, {}};
  for (const Component& one : procedure.components) {
    papers.items.emplace_back(one.id, one.name);
    outline.entries.push_back(component_entry(one));
  }
  outline.orders.push_back(std::move(papers));
  tell_conditions(procedure, outline);
  tell_form(procedure.form, outline);
  tell_results(procedure, outline);
}

}  // namespace procedure
