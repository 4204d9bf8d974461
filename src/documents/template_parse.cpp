#include "documents/template_parse.h"

#include <algorithm>
#include <initializer_list>

#include <boost/json.hpp>

namespace documents::internal {
namespace {

using base::FaultCode;
using base::Outcome;
using base::json::value;

// One mapping of the template being read; knows where it stands for the message of a fault.
class Reader {
 public:
  Reader(const value& node, std::string where, double body)
      : node_(node), where_(std::move(where)), body_(body) {}

  [[nodiscard]] double body() const { return body_; }
  [[nodiscard]] const std::string& where() const { return where_; }

  base::Failure<base::Fault> wrong(const std::string& what) const {
    return base::fault(FaultCode::invalid, where_ + ": " + what);
  }
  Outcome<base::Done> allow(std::initializer_list<std::string_view> keys) const {
    if (!node_.is_object()) return wrong("is no mapping");
    for (const auto& entry : node_.get_object()) {
      if (std::find(keys.begin(), keys.end(), std::string_view(entry.key())) == keys.end()) {
        return wrong("unknown key " + std::string(entry.key()));
      }
    }
    return base::Done{};
  }
  [[nodiscard]] bool has(std::string_view key) const { return base::find(node_, key) != nullptr; }

  Outcome<TemplateText> text(std::string_view key) const {
    const value* const found = base::find(node_, key);
    if (found == nullptr) return TemplateText{};
    if (!found->is_string()) return wrong(std::string(key) + " is no text");
    auto parsed = parse_template_text(found->get_string());
    if (!parsed) return wrong(std::string(key) + ": " + parsed.error().message);
    return parsed;
  }
  Outcome<Path> path(std::string_view key) const {
    auto parsed = parse_path(base::string_or(node_, key));
    if (!parsed) return wrong(std::string(key) + " is no path");
    return parsed;
  }
  Outcome<double> number(std::string_view key, double otherwise, double least, double most) const {
    const value* const found = base::find(node_, key);
    if (found == nullptr) return otherwise;
    double number = 0;
    if (found->is_int64()) {
      number = static_cast<double>(found->get_int64());
    } else {
      // Sizes with a fraction are text in the JSON made from YAML: one digit after the point.
      const std::string text = base::string_or(node_, key);
      const std::size_t point = text.find('.');
      if (text.empty() || text.size() > 6 ||
          text.find_first_not_of("0123456789.") != std::string::npos ||
          text.find('.', point + 1) != std::string::npos) {
        return wrong(std::string(key) + " is no number");
      }
      number = std::stod(text);
    }
    if (number < least || number > most) return wrong(std::string(key) + " is out of range");
    return number;
  }
  Outcome<Missing> missing(Missing otherwise) const {
    if (!has("missing")) return otherwise;
    const std::string word = base::string_or(node_, "missing");
    if (word == "dots") return Missing::dots;
    if (word == "omit") return Missing::omit;
    return wrong("missing is dots or omit");
  }
  Outcome<Align> align(Align otherwise) const {
    if (!has("align")) return otherwise;
    const std::string word = base::string_or(node_, "align");
    if (word == "left") return Align::left;
    if (word == "center") return Align::center;
    if (word == "right") return Align::right;
    if (word == "justify") return Align::justify;
    return wrong("align is left, center, right or justify");
  }
  [[nodiscard]] bool flag(std::string_view key, bool otherwise = false) const {
    return base::bool_or(node_, key, otherwise);
  }
  Outcome<Blocks> blocks(std::string_view key) const {
    const value* const found = base::find(node_, key);
    if (found == nullptr) return wrong(std::string(key) + " is missing");
    auto parsed = parse_blocks(*found, body_);
    if (!parsed) return wrong(parsed.error().message);
    return parsed;
  }
  // A reader for each entry of a list of at most `most`.
  Outcome<std::vector<Reader>> entries(std::string_view key, std::size_t most) const {
    const value* const found = base::find(node_, key);
    if (found == nullptr || !found->is_array() || found->get_array().empty() ||
        found->get_array().size() > most) {
      return wrong(std::string(key) + " is no list of 1 to " + std::to_string(most));
    }
    std::vector<Reader> readers;
    for (const value& entry : found->get_array()) {
      readers.emplace_back(entry, where_ + "." + std::string(key), body_);
    }
    return readers;
  }

 private:
  const value& node_;
  std::string where_;
  double body_;
};

Outcome<Block> read_head(const Reader& in) {
  TRY(in.allow({"parent", "agency", "number", "place_date", "size"}));
  Head head{.parent = TRY(in.text("parent")),
            .agency = TRY(in.text("agency")),
            .number = TRY(in.text("number")),
            .place_date = TRY(in.text("place_date")),
            .has_parent = in.has("parent"),
            .has_number = in.has("number"),
            .has_place_date = in.has("place_date"),
            .size = TRY(in.number("size", in.body(), 6, 16))};
  return Block{std::move(head)};
}

Outcome<Block> read_paragraph(const Reader& in) {
  TRY(in.allow(
      {"text", "align", "size", "bold", "italic", "indent", "missing", "before", "after"}));
  Paragraph paragraph;
  paragraph.text = TRY(in.text("text"));
  paragraph.style = {.size = TRY(in.number("size", in.body(), 5, 40)),
                     .bold = in.flag("bold"),
                     .italic = in.flag("italic"),
                     .align = TRY(in.align(Align::justify)),
                     .first_indent = TRY(in.number("indent", 0, 0, 100))};
  paragraph.missing = TRY(in.missing(Missing::dots));
  paragraph.before = TRY(in.number("before", 0, 0, 400));
  paragraph.after = TRY(in.number("after", in.body() * 0.3, 0, 400));
  return Block{std::move(paragraph)};
}

Outcome<Block> read_title(const Reader& in) {
  TRY(in.allow({"text", "size", "before", "after"}));
  Paragraph paragraph;
  paragraph.text = TRY(in.text("text"));
  paragraph.style = {
      .size = TRY(in.number("size", in.body() + 2, 5, 40)), .bold = true, .align = Align::center};
  paragraph.before = TRY(in.number("before", in.body(), 0, 400));
  paragraph.after = TRY(in.number("after", in.body() * 0.6, 0, 400));
  return Block{std::move(paragraph)};
}

Outcome<Block> read_small_print(const Reader& in) {
  TRY(in.allow({"text", "missing"}));
  Paragraph paragraph;
  paragraph.text = TRY(in.text("text"));
  paragraph.style = {.size = in.body() * 0.78, .italic = true, .align = Align::left};
  paragraph.missing = TRY(in.missing(Missing::omit));
  paragraph.before = in.body() * 0.5;
  return Block{std::move(paragraph)};
}

Outcome<Field> field_of(const Reader& in) {
  return Field{.label = TRY(in.text("label")),
               .value = TRY(in.text("value")),
               .missing = TRY(in.missing(Missing::dots)),
               .strong = in.flag("strong")};
}

Outcome<Block> read_field(const Reader& in) {
  TRY(in.allow({"label", "value", "missing", "strong"}));
  return Block{TRY(field_of(in))};
}

Outcome<Block> read_row(const Reader& in) {
  TRY(in.allow({"fields"}));
  FieldRow row;
  for (const Reader& entry : TRY(in.entries("fields", 4))) {
    TRY(entry.allow({"label", "value", "missing", "strong", "width"}));
    row.fields.push_back(TRY(field_of(entry)));
    row.widths.push_back(TRY(entry.number("width", 1, 0.1, 100)));
  }
  return Block{std::move(row)};
}

Outcome<Block> read_list(const Reader& in) {
  TRY(in.allow({"label", "items", "item", "none", "numbered", "missing", "size"}));
  List list{.label = TRY(in.text("label")),
            .item = in.has("item") ? TRY(in.text("item")) : TRY(parse_template_text("{item}")),
            .none = TRY(in.text("none")),
            .items = TRY(in.path("items")),
            .numbered = in.flag("numbered", true),
            .missing = TRY(in.missing(Missing::dots)),
            .size = TRY(in.number("size", in.body(), 5, 20))};
  return Block{std::move(list)};
}

Outcome<Block> read_table(const Reader& in) {
  TRY(in.allow({"rows", "columns", "size"}));
  Table table;
  table.rows = TRY(in.path("rows"));
  table.size = TRY(in.number("size", in.body(), 5, 20));
  for (const Reader& entry : TRY(in.entries("columns", 16))) {
    TRY(entry.allow({"title", "value", "width", "align"}));
    table.columns.push_back({.title = TRY(entry.text("title")),
                             .value = TRY(entry.text("value")),
                             .width = TRY(entry.number("width", 1, 0.1, 100)),
                             .align = TRY(entry.align(Align::left))});
  }
  return Block{std::move(table)};
}

Outcome<Block> read_each(const Reader& in) {
  TRY(in.allow({"items", "blocks"}));
  return Block{Each{TRY(in.path("items")), TRY(in.blocks("blocks"))}};
}

Outcome<Block> read_when(const Reader& in, bool wanted) {
  TRY(in.allow({"path", "blocks"}));
  return Block{When{TRY(in.path("path")), wanted, TRY(in.blocks("blocks"))}};
}

Outcome<Block> read_keep(const Reader& in, bool framed) {
  TRY(in.allow({"blocks"}));
  return Block{Keep{TRY(in.blocks("blocks")), framed}};
}

Outcome<Block> read_signatures(const Reader& in) {
  TRY(in.allow({"columns", "room"}));
  Signatures result;
  result.room = TRY(in.number("room", in.body() * 4.2, 10, 200));
  for (const Reader& entry : TRY(in.entries("columns", 3))) {
    TRY(entry.allow({"title", "note", "name"}));
    result.signatures.push_back(
        {TRY(entry.text("title")), TRY(entry.text("note")), TRY(entry.text("name"))});
  }
  return Block{std::move(result)};
}

Outcome<Block> read_qr(const Reader& in) {
  TRY(in.allow({"content", "blocks", "side", "on_right"}));
  return Block{QrBand{TRY(in.text("content")), TRY(in.blocks("blocks")),
                      TRY(in.number("side", 68, 40, 200)), in.flag("on_right")}};
}

Outcome<Block> read_space(const Reader& in) {
  TRY(in.allow({"height"}));
  return Block{Space{TRY(in.number("height", 6, 0, 400))}};
}

Outcome<Block> read_block(const value& node, const std::string& where, double body) {
  if (!node.is_object() || node.get_object().size() != 1) {
    return base::fault(FaultCode::invalid, where + ": a block is a mapping with one key");
  }
  const auto& entry = *node.get_object().begin();
  const std::string kind(entry.key());
  const Reader in(entry.value(), where + "." + kind, body);
  if (kind == "head") return read_head(in);
  if (kind == "title") return read_title(in);
  if (kind == "paragraph") return read_paragraph(in);
  if (kind == "small_print") return read_small_print(in);
  if (kind == "field") return read_field(in);
  if (kind == "row") return read_row(in);
  if (kind == "list") return read_list(in);
  if (kind == "table") return read_table(in);
  if (kind == "each") return read_each(in);
  if (kind == "when") return read_when(in, true);
  if (kind == "unless") return read_when(in, false);
  if (kind == "keep") return read_keep(in, false);
  if (kind == "frame") return read_keep(in, true);
  if (kind == "signatures") return read_signatures(in);
  if (kind == "qr") return read_qr(in);
  if (kind == "space") return read_space(in);
  if (kind == "rule") return Block{HorizontalRule{}};
  return base::fault(FaultCode::invalid, where + ": no such block: " + kind);
}

}  // namespace

Outcome<Blocks> parse_blocks(const value& list, double body) {
  if (!list.is_array() || list.get_array().empty() || list.get_array().size() > 500) {
    return base::fault(FaultCode::invalid, "blocks is no list of 1 to 500");
  }
  Blocks blocks;
  std::size_t index = 0;
  for (const value& node : list.get_array()) {
    blocks.push_back(TRY(read_block(node, "blocks[" + std::to_string(index++) + "]", body)));
  }
  return blocks;
}

}  // namespace documents::internal
