#include "catalogue/spreadsheet_xml.h"

#include <charconv>
#include <optional>
#include <utility>

#include <expat.h>

namespace catalogue {
namespace {

using base::FaultCode;

// An expat parser with a bound on depth, that refuses document types (and with them entities).
class Xml {
 public:
  struct Handler {
    virtual ~Handler() = default;
    virtual void start(std::string_view name, const char** attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view text) = 0;
  };

  Xml(Handler& handler, std::size_t depth_max)
      : handler_(handler), depth_max_(depth_max), parser_(XML_ParserCreate("UTF-8")) {
    if (parser_ == nullptr) return;
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, &Xml::on_start, &Xml::on_end);
    XML_SetCharacterDataHandler(parser_, &Xml::on_text);
    XML_SetStartDoctypeDeclHandler(parser_, &Xml::on_doctype);
  }
  ~Xml() {
    if (parser_ != nullptr) XML_ParserFree(parser_);
  }
  Xml(const Xml&) = delete;
  Xml& operator=(const Xml&) = delete;

  base::Outcome<bool> push(std::string_view piece, bool last) {
    if (parser_ == nullptr) return base::fault(FaultCode::internal, "XML: no memory");
    if (fault_) return base::Failure{*fault_};
    if (stopped_) return false;
    const XML_Status status =
        XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
    if (fault_) return base::Failure{*fault_};
    if (stopped_) return false;
    if (status != XML_STATUS_OK) {
      return base::fault(FaultCode::invalid, "a part of the .xlsx file is no XML: line " +
                                                 std::to_string(XML_GetCurrentLineNumber(parser_)));
    }
    return true;
  }

  void fail(FaultCode code, std::string message) {
    if (!fault_) fault_ = base::Fault{code, std::move(message)};
    XML_StopParser(parser_, XML_FALSE);
  }
  void stop() {
    stopped_ = true;
    XML_StopParser(parser_, XML_FALSE);
  }

 private:
  // Names without their prefix: producers differ in it.
  static std::string_view local(const char* name) {
    const std::string_view whole{name};
    const std::size_t colon = whole.rfind(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
  }
  static void on_start(void* self, const char* name, const char** attributes) {
    Xml& xml = *static_cast<Xml*>(self);
    if (xml.fault_ || xml.stopped_) return;
    if (++xml.depth_ > xml.depth_max_) {
      xml.fail(FaultCode::exhausted, "the XML of the .xlsx file is nested too deeply");
      return;
    }
    xml.handler_.start(local(name), attributes);
  }
  static void on_end(void* self, const char* name) {
    Xml& xml = *static_cast<Xml*>(self);
    if (xml.fault_ || xml.stopped_) return;
    --xml.depth_;
    xml.handler_.end(local(name));
  }
  static void on_text(void* self, const char* text, int size) {
    Xml& xml = *static_cast<Xml*>(self);
    if (xml.fault_ || xml.stopped_) return;
    xml.handler_.text({text, static_cast<std::size_t>(size)});
  }
  static void on_doctype(void* self, const char*, const char*, const char*, int) {
    static_cast<Xml*>(self)->fail(FaultCode::invalid,
                                  "the XML of the .xlsx file declares a document type");
  }

  Handler& handler_;
  std::size_t depth_max_;
  XML_Parser parser_;
  std::size_t depth_ = 0;
  bool stopped_ = false;
  std::optional<base::Fault> fault_;
};

std::string_view attribute(const char** attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2) {
    std::string_view key{attributes[0]};
    if (key == name) return attributes[1];
  }
  return {};
}

// "r:id" by its local name: "id" with a prefix.
std::string_view relation_id(const char** attributes) {
  for (; *attributes != nullptr; attributes += 2) {
    const std::string_view key{attributes[0]};
    if (key.size() > 3 && key.ends_with(":id")) return attributes[1];
  }
  return {};
}

struct Workbook : Xml::Handler {
  std::string first;  // relation of the first sheet
  void start(std::string_view name, const char** attributes) override {
    if (name == "sheet" && first.empty()) first = relation_id(attributes);
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

struct Relations : Xml::Handler {
  std::string wanted;
  std::string target;
  void start(std::string_view name, const char** attributes) override {
    if (name == "Relationship" && attribute(attributes, "Id") == wanted) {
      target = attribute(attributes, "Target");
    }
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

// "AB12" -> 27, the column from 0.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  std::size_t at = 0;
  for (; at < reference.size() && at < 4; ++at) {
    const char c = reference[at];
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
  }
  if (at == 0) return std::nullopt;
  return column - 1;
}

}  // namespace

base::Outcome<std::string> sheet_target(const std::string& workbook, const std::string& relations,
                                        const SpreadsheetLimits& limits) {
  Workbook sheets;
  Xml first(sheets, limits.depth);
  TRY(first.push(workbook, true));
  if (sheets.first.empty() || relations.empty()) return std::string{};
  Relations found;
  found.wanted = sheets.first;
  Xml second(found, limits.depth);
  TRY(second.push(relations, true));
  return found.target;
}

struct SharedStrings::State : Xml::Handler {
  explicit State(const SpreadsheetLimits& bounds) : limits(bounds), xml(*this, bounds.depth) {}

  void start(std::string_view name, const char**) override {
    if (name == "si") {
      current.clear();
      in_item = true;
    }
    // Phonetic runs say how a text is pronounced; they are no part of it.
    if (name == "rPh") ++phonetic;
    in_text = in_item && name == "t" && phonetic == 0;
  }
  void end(std::string_view name) override {
    if (name == "t") in_text = false;
    if (name == "rPh" && phonetic > 0) --phonetic;
    if (name != "si") return;
    in_item = false;
    bytes += current.size() + sizeof(std::string);
    if (strings.size() >= limits.strings) {
      xml.fail(FaultCode::exhausted, "the .xlsx file has too many texts");
    } else if (bytes > limits.text_bytes) {
      xml.fail(FaultCode::exhausted, "the texts of the .xlsx file are too large");
    } else {
      strings.push_back(current);
    }
  }
  void text(std::string_view piece) override {
    if (!in_text) return;
    if (current.size() + piece.size() > limits.cell_bytes) {
      xml.fail(FaultCode::exhausted, "a cell of the .xlsx file is too large");
      return;
    }
    current += piece;
  }

  SpreadsheetLimits limits;
  Xml xml;
  std::vector<std::string> strings;
  std::string current;
  std::size_t bytes = 0;
  int phonetic = 0;
  bool in_item = false;
  bool in_text = false;
};

SharedStrings::SharedStrings(const SpreadsheetLimits& limits)
    : state_(std::make_unique<State>(limits)) {}
SharedStrings::~SharedStrings() = default;
base::Outcome<bool> SharedStrings::push(std::string_view piece) {
  return state_->xml.push(piece, false);
}
std::vector<std::string> SharedStrings::take() {
  return std::move(state_->strings);
}

struct SheetReader::State : Xml::Handler {
  State(const SpreadsheetLimits& bounds, std::vector<std::string> texts,
        const std::function<bool(const SpreadsheetRow&)>& visitor)
      : limits(bounds), strings(std::move(texts)), visit(visitor), xml(*this, bounds.depth) {}

  void start(std::string_view name, const char** attributes) override {
    if (name == "row") {
      begin_row(attribute(attributes, "r"));
    } else if (name == "c" && in_row) {
      begin_cell(attribute(attributes, "r"), attribute(attributes, "t"));
    } else if (in_cell && (name == "v" || name == "t")) {
      in_value = true;
    }
  }
  void end(std::string_view name) override {
    if (name == "v" || name == "t") in_value = false;
    if (name == "c" && in_cell) end_cell();
    if (name == "row" && in_row) {
      in_row = false;
      if (!visit(row)) xml.stop();
    }
  }
  void text(std::string_view piece) override {
    if (!in_value) return;
    if (value.size() + piece.size() > limits.cell_bytes) {
      xml.fail(FaultCode::exhausted, "a cell of the .xlsx file is too large");
      return;
    }
    value += piece;
  }

  void begin_row(std::string_view number) {
    if (++rows > limits.rows) {
      xml.fail(FaultCode::exhausted,
               "the sheet has more than " + std::to_string(limits.rows) + " rows");
      return;
    }
    int read = 0;
    std::from_chars(number.data(), number.data() + number.size(), read);
    row.number = read > 0 ? read : row.number + 1;
    row.cells.clear();
    in_row = true;
  }
  void begin_cell(std::string_view reference, std::string_view kind) {
    if (++cells > limits.cells) {
      xml.fail(FaultCode::exhausted,
               "the sheet has more than " + std::to_string(limits.cells) + " cells");
      return;
    }
    const auto placed = column_of(reference);
    column = placed ? *placed : row.cells.size();
    shared = kind == "s";
    value.clear();
    in_cell = true;
    in_value = false;
  }
  void end_cell() {
    in_cell = false;
    in_value = false;
    if (column >= limits.columns) return;  // far to the right of any list
    std::string text = value;
    if (shared) {
      std::size_t index = 0;
      const auto [rest, error] = std::from_chars(value.data(), value.data() + value.size(), index);
      text = error == std::errc{} && index < strings.size() ? strings[index] : std::string{};
    }
    if (text.empty()) return;
    if (row.cells.size() <= column) row.cells.resize(column + 1);
    row.cells[column] = std::move(text);
  }

  SpreadsheetLimits limits;
  std::vector<std::string> strings;
  const std::function<bool(const SpreadsheetRow&)>& visit;
  Xml xml;
  SpreadsheetRow row;
  std::string value;
  std::size_t column = 0;
  std::size_t rows = 0;
  std::size_t cells = 0;
  bool in_row = false;
  bool in_cell = false;
  bool in_value = false;
  bool shared = false;
};

SheetReader::SheetReader(const SpreadsheetLimits& limits, std::vector<std::string> strings,
                         const std::function<bool(const SpreadsheetRow&)>& visit)
    : state_(std::make_unique<State>(limits, std::move(strings), visit)) {}
SheetReader::~SheetReader() = default;
base::Outcome<bool> SheetReader::push(std::string_view piece) {
  return state_->xml.push(piece, false);
}
base::Outcome<base::Done> SheetReader::finish() {
  TRY(state_->xml.push({}, true));
  return base::Done{};
}

}  // namespace catalogue
