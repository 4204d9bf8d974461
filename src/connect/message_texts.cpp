#include "connect/message_texts.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <vector>

#include "base/text.h"

namespace connectors {

namespace {

constexpr std::array<std::string_view, 12> kPlaceholders{
    "code",   "applicant", "procedure",      "due",       "items",    "reason", "tracking_link",
    "agency", "old_due",   "apology_reason", "recipient", "desk_link"};
constexpr std::string_view kSubject = "Subject: ";
constexpr std::size_t kBytesMax = 64 * 1024;

struct Piece {
  std::string_view text;
  bool is_placeholder = false;
};

// `line` in pieces; nothing where braces are not closed or the name is not known.
std::optional<std::vector<Piece>> pieces_of(std::string_view line) {
  std::vector<Piece> pieces;
  while (true) {
    const std::size_t open = line.find("{{");
    pieces.push_back({line.substr(0, open), false});
    if (open == std::string_view::npos) return pieces;
    line.remove_prefix(open + 2);
    const std::size_t close = line.find("}}");
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view name = line.substr(0, close);
    if (std::ranges::find(kPlaceholders, name) == kPlaceholders.end()) return std::nullopt;
    pieces.push_back({name, true});
    line.remove_prefix(close + 2);
  }
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

// The line with its values; nothing where it has placeholders and none has a value.
std::optional<std::string> filled(std::string_view line, const MessageValues& values) {
  const auto pieces = pieces_of(line);
  if (!pieces.has_value()) return std::nullopt;  // add() lets no such line in
  std::string text;
  bool has_placeholder = false;
  bool has_value = false;
  for (const Piece& piece : *pieces) {
    if (!piece.is_placeholder) {
      text += piece.text;
      continue;
    }
    has_placeholder = true;
    const auto found = values.find(piece.text);
    if (found == values.end() || found->second.empty()) continue;
    has_value = true;
    text += found->second;
  }
  if (has_placeholder && !has_value) return std::nullopt;
  return text;
}

}  // namespace

base::Outcome<base::Done> MessageTexts::add(const std::string& name, const std::string& language,
                                            std::string_view text) {
  const std::string key = name + "." + language;
  const auto wrong = [&](const std::string& what) {
    return base::fault(base::FaultCode::invalid, "message " + key + ": " + what);
  };
  if (text.size() > kBytesMax) return wrong("longer than 64 KiB");
  if (!base::is_utf8(text)) return wrong("not UTF-8");
  const std::vector<std::string_view> lines = lines_of(text);
  if (lines.empty() || !lines.front().starts_with(kSubject)) {
    return wrong("the first line has to be `Subject: ...`");
  }
  MessageText read;
  read.subject = lines.front().substr(kSubject.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!pieces_of(lines[i]).has_value()) {
      return wrong("line " + std::to_string(i + 1) + " has an unknown or open placeholder");
    }
    if (i > 0) read.body += std::string{lines[i]} + "\n";
  }
  if (base::to_one_line(read.subject).empty()) return wrong("the subject is empty");
  texts_[key] = std::move(read);
  return base::Done{};
}

base::Outcome<MessageText> MessageTexts::write(std::string_view name, std::string_view language,
                                               const MessageValues& values) const {
  auto found = texts_.find(std::string{name} + "." + std::string{language});
  if (found == texts_.end()) found = texts_.find(std::string{name} + ".vi");
  if (found == texts_.end()) {
    return base::fault(base::FaultCode::not_found, "no message text " + std::string{name});
  }
  MessageText written;
  written.subject = base::to_one_line(filled(found->second.subject, values).value_or(""));
  bool was_empty = true;  // no blank lines at the beginning, nor two in a row
  for (const std::string_view line : lines_of(found->second.body)) {
    const auto text = filled(line, values);
    if (!text.has_value() || (text->empty() && was_empty)) continue;
    was_empty = text->empty();
    written.body += *text + "\n";
  }
  return written;
}

base::Outcome<MessageTexts> load_message_texts(const std::filesystem::path& folder) {
  MessageTexts texts;
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (auto at = std::filesystem::directory_iterator(folder, error);
       !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
    if (at->path().extension() == ".txt") files.push_back(at->path());
  }
  if (error) {
    return base::fault(base::FaultCode::not_found, "cannot read " + folder.string());
  }
  std::ranges::sort(files);
  for (const std::filesystem::path& file : files) {
    const std::string stem = file.stem().string();  // "filed.vi"
    const std::size_t point = stem.rfind('.');
    if (point == std::string::npos) {
      return base::fault(base::FaultCode::invalid, file.string() + " names no language");
    }
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return base::fault(base::FaultCode::not_found, "cannot read " + file.string());
    TRY(texts.add(stem.substr(0, point), stem.substr(point + 1), text.str()));
  }
  return texts;
}

}  // namespace connectors
