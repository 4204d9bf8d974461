// parser_type.cpp - types as `instance of` and parameters write them.
#include "base/text.h"
#include "rules/parser.h"

namespace rules {

Type Parser::parse_type() {
  if (failed_) return {};
  if (++depth_ > kNestingMax) fail("less nesting (200 levels at most)");
  Type type = failed_ ? Type{} : parse_simple_type();
  --depth_;
  return type;
}

Type Parser::parse_simple_type() {
  for (const std::string_view name :
       {"date and time", "years and months duration", "days and time duration"}) {
    const State before = save();
    bool all = true;
    std::size_t from = 0;
    while (all && from < name.size()) {
      const std::size_t space = std::min(name.find(' ', from), name.size());
      all = take_word(name.substr(from, space - from));
      from = space + 1;
    }
    if (all) return *Type::named(name);
    restore(before);
  }
  for (const auto& [word, kind] :
       {std::pair{"list", Type::Kind::list}, std::pair{"range", Type::Kind::range}}) {
    const State before = save();
    if (take_word(word) && take("<")) {
      Type type = Type::simple(kind);
      type.of.push_back(parse_type());
      expect(">");
      return type;
    }
    restore(before);
  }
  const State before = save();
  if (take_word("context") && take("<")) {
    Type type = Type::simple(Type::Kind::context);
    if (!at(">")) {
      do {
        const std::optional<Name> name = peek_plain_name(":");
        if (!name) {
          fail("the name of an entry");
          break;
        }
        position_ = name->end;
        expect(":");
        type.fields.emplace_back(base::to_nfc(name->text), parse_type());
      } while (!failed_ && take(","));
    }
    expect(">");
    return type;
  }
  restore(before);
  if (take_word("function") && take("<")) {
    Type type = Type::simple(Type::Kind::function);
    if (!at(">")) {
      do {
        type.of.push_back(parse_type());
      } while (!failed_ && take(","));
    }
    expect(">");
    expect("->");
    type.of.push_back(parse_type());
    return type;
  }
  restore(before);
  std::optional<Name> name = peek_name();
  if (!name && take_word("null")) return Type::simple(Type::Kind::null);
  if (!name) {
    fail("a type");
    return {};
  }
  position_ = name->end;
  std::string full = base::to_nfc(name->text);
  while (at(".") && !at("..")) {
    take(".");
    name = peek_name();
    if (!name) break;
    position_ = name->end;
    full += "." + base::to_nfc(name->text);
  }
  if (find_type_) {
    if (std::optional<Type> defined = find_type_(full)) return *std::move(defined);
  }
  return Type::named(full).value_or(Type::simple(Type::Kind::unknown));
}

}  // namespace rules
