#include "journal/leaf_reader.h"

#include <string>

#include "journal/line_reader.h"

namespace journal {

namespace {

bool is_kind(std::string_view kind) {
  return kind == "event" || kind == "access" || kind == "calendar";
}

base::Failure<base::Fault> off(std::string_view what) {
  return base::fault(base::FaultCode::invalid, "leaf: " + std::string{what});
}

}  // namespace

base::Outcome<Leaf> parse_leaf(std::string_view text) {
  if (text.size() > kLeafBytesMax) return off("too long");
  LineReader lines{text};
  if (!lines.next_is("motcua-leaf-v1")) return off("does not begin with motcua-leaf-v1");
  Leaf leaf;
  const auto take_text = [&lines](std::string_view name, std::string_view& value) {
    const auto line = lines.next_after(name);
    if (!line || !is_text(*line)) return false;
    value = *line;
    return true;
  };
  const auto take_number = [&lines](std::string_view name, std::int64_t& value) {
    const auto line = lines.next_after(name);
    const auto number = line ? parse_number(*line) : std::nullopt;
    if (!number) return false;
    value = *number;
    return true;
  };
  if (!take_text("tenant ", leaf.tenant)) return off("line \"tenant\"");
  if (!take_text("kind ", leaf.kind) || !is_kind(leaf.kind)) return off("line \"kind\"");
  if (!take_text("subject ", leaf.subject)) return off("line \"subject\"");
  if (!take_number("sequence ", leaf.sequence)) return off("line \"sequence\"");
  if (!take_number("at ", leaf.at)) return off("line \"at\"");
  if (!take_text("type ", leaf.type)) return off("line \"type\"");
  if (!take_text("number ", leaf.number)) return off("line \"number\"");
  if (leaf.number == "-") leaf.number = {};
  const auto content = lines.next_after("content ");
  const auto bytes = content ? from_hex(*content) : std::nullopt;
  const auto hash = bytes ? hash_from(*bytes) : std::nullopt;
  if (!hash) return off("line \"content\"");
  leaf.content = *hash;
  if (!lines.at_end()) return off("goes on after its last line");
  return leaf;
}

}  // namespace journal
