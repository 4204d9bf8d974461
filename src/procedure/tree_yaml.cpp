#include "procedure/tree_yaml.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "base/text.h"
#include "form/yaml_reader.h"
#include "procedure/plain_yaml.h"

namespace procedure {
namespace {

constexpr std::size_t kDepthMax = 24;
constexpr std::size_t kPartsMax = 50'000;

// What stops the reading; never leaves this file.
struct Stopped {
  int line;
  std::string message;
  std::string remedy;
};

std::size_t parts_of(const Tree& tree) {
  std::size_t parts = 1;
  for (const Tree& item : tree.items) parts += parts_of(item);
  return parts;
}

std::size_t depth_of(const Tree& tree) {
  std::size_t depth = 0;
  for (const Tree& item : tree.items) depth = std::max(depth, depth_of(item));
  return depth + 1;
}

// Builds the tree as the parser tells what it finds.
class TreeBuilder : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Tree tree;
    tree.line = mark.line + 1;
    add(std::move(tree), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) stop(mark.line, "an alias of something that is not complete");
    parts_ += parts_of(found->second) - 1;
    if (open_.size() + depth_of(found->second) > kDepthMax) too_large(mark.line);
    Tree copy = found->second;
    add(std::move(copy), 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Tree tree = Tree::scalar(value, tag == "!");
    tree.line = mark.line + 1;
    const bool null = !tree.quoted && (value.empty() || value == "~" || value == "null" ||
                                       value == "Null" || value == "NULL");
    if (null && !wants_key()) tree = Tree{};
    tree.line = mark.line + 1;
    add(std::move(tree), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(Tree::list(), mark, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(Tree::map(), mark, anchor);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapEnd() override { end(); }

  [[nodiscard]] Tree take() { return std::move(root_); }

 private:
  struct Open {
    Tree tree;
    YAML::anchor_t anchor;
    bool has_key = false;
    std::set<std::string, std::less<>> seen{};
  };

  [[noreturn]] static void stop(int line, std::string message) {
    throw Stopped{line + 1, std::move(message), "write it out in plain YAML"};
  }
  [[noreturn]] static void too_large(int line) {
    throw Stopped{line + 1, "the file is nested too deep, or has too many parts",
                  "write it without aliases, at most 24 levels deep"};
  }

  [[nodiscard]] bool wants_key() const {
    return !open_.empty() && open_.back().tree.is_map() && !open_.back().has_key;
  }

  void begin(Tree tree, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (wants_key()) stop(mark.line, "a key that is no plain word");
    if (open_.size() >= kDepthMax) too_large(mark.line);
    tree.line = mark.line + 1;
    open_.push_back({std::move(tree), anchor});
  }

  void end() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    add(std::move(closed.tree), closed.anchor);
  }

  void add(Tree tree, YAML::anchor_t anchor) {
    if (++parts_ > kPartsMax) too_large(tree.line - 1);
    if (anchor != 0) anchors_[anchor] = tree;
    if (open_.empty()) {
      root_ = std::move(tree);
      return;
    }
    Open& top = open_.back();
    if (top.tree.is_list()) {
      top.tree.items.push_back(std::move(tree));
    } else if (top.has_key) {
      top.tree.items.push_back(std::move(tree));
      top.has_key = false;
    } else {
      if (!tree.is_scalar() || !top.seen.insert(tree.text).second) {
        throw Stopped{tree.line, "a key that is no plain word, or stands here twice",
                      "give every key a name of its own"};
      }
      top.tree.keys.push_back(std::move(tree.text));
      top.has_key = true;
    }
  }

  Tree root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Tree> anchors_;
  std::size_t parts_ = 0;
};

// Reads the same without quotes, as the same kind of thing.
bool is_plain(const std::string& text) {
  if (text.empty() || text.size() > 100) return false;
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
  };
  const auto begins = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const bool negative = text.size() > 1 && text[0] == '-' && text[1] >= '0' && text[1] <= '9';
  return (negative || begins(text.front())) && std::ranges::all_of(text, plain);
}

bool is_null_word(const std::string& text) {
  return text == "null" || text == "Null" || text == "NULL";
}

void write_quoted(const std::string& text, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\x";
      out.push_back(kHex[byte >> 4U]);
      out.push_back(kHex[byte & 0xFU]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void write_scalar(const Tree& tree, std::string& out) {
  if (tree.kind == Tree::Kind::null) {
    out += "null";
  } else if (!tree.quoted && is_plain(tree.text) && !is_null_word(tree.text)) {
    out += tree.text;
  } else {
    write_quoted(tree.text, out);
  }
}

void write_key(const std::string& key, std::string& out) {
  if (is_plain(key) && !is_null_word(key)) {
    out += key;
  } else {
    write_quoted(key, out);
  }
}

// Where the cursor stands: after `key:` or `-`, with `indent` spaces for what comes below.
void write(const Tree& tree, std::size_t indent, bool in_list, std::string& out) {
  if (!tree.is_list() && !tree.is_map()) {
    out += out.empty() || out.back() == '\n' ? "" : " ";
    write_scalar(tree, out);
    out += "\n";
    return;
  }
  if (tree.items.empty()) {
    out += tree.is_map() ? " {}\n" : " []\n";
    return;
  }
  bool first = true;
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    if (first && in_list) {
      out += " ";
    } else {
      if (!out.empty() && out.back() != '\n') out += "\n";
      out.append(indent, ' ');
    }
    first = false;
    if (tree.is_map()) {
      write_key(tree.keys[i], out);
      out += ":";
      write(tree.items[i], indent + 2, false, out);
    } else {
      out += "-";
      write(tree.items[i], indent + 2, true, out);
    }
  }
}

}  // namespace

std::optional<Tree> read_tree(std::string_view text, const std::string& file,
                              form::DefinitionProblems& problems) {
  if (text.size() > form::kYamlBytesMax) {
    problems.push_back(
        {file, 0, "the file is larger than 1 MiB", "split it, or shorten its texts"});
    return std::nullopt;
  }
  if (!base::is_utf8(text)) {
    problems.push_back({file, 0, "the file is not UTF-8 text", "save it with the encoding UTF-8"});
    return std::nullopt;
  }
  if (auto plain = read_plain_yaml(text)) return plain;
  return read_tree_with_library(text, file, problems);
}

std::optional<Tree> read_tree_with_library(std::string_view text, const std::string& file,
                                           form::DefinitionProblems& problems) {
  try {
    std::istringstream in{std::string{text}};
    YAML::Parser parser(in);
    TreeBuilder builder;
    Tree root;
    if (parser.HandleNextDocument(builder)) root = builder.take();
    if (!root.is_map()) {
      problems.push_back(
          {file, 0, "the file does not hold keys and values", "begin it with `key: value` lines"});
      return std::nullopt;
    }
    return root;
  } catch (const YAML::Exception& error) {
    problems.push_back({file, std::max(error.mark.line, 0) + 1, "not YAML: " + error.msg,
                        "check indentation, colons and quotes at this line"});
  } catch (const Stopped& stopped) {
    problems.push_back({file, stopped.line, stopped.message, stopped.remedy});
  }
  return std::nullopt;
}

std::string write_tree(const Tree& tree) {
  std::string out;
  out.reserve(16'384);
  if (!tree.is_list() && !tree.is_map()) {
    write_scalar(tree, out);
    out += "\n";
    return out;
  }
  if (tree.items.empty()) return tree.is_map() ? "{}\n" : "[]\n";
  write(tree, 0, false, out);
  return out;
}

}  // namespace procedure
