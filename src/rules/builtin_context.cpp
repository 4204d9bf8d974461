// builtin_context.cpp - functions of contexts.
#include <array>

#include "base/text.h"
#include "rules/argument.h"

namespace rules {

namespace {

Value get_value(Evaluator& evaluator, const Arguments& arguments) {
  const Context* context = single(arguments[0]).if_context();
  if (context == nullptr) return wrong_kind(evaluator, "a context is expected");
  if (const std::string* key = arguments[1].if_string()) {
    const Value* found = context->find(base::to_nfc(*key));
    return found == nullptr ? no_result(evaluator, "no such entry") : *found;
  }
  const List* path = arguments[1].if_list();
  if (path == nullptr || path->empty()) return wrong_kind(evaluator, "a key is expected");
  Value at = single(arguments[0]);
  for (const Value& key : *path) {
    if (key.if_string() == nullptr) return wrong_kind(evaluator, "a key is expected");
    at = Value{at[base::to_nfc(*key.if_string())]};
  }
  return at;
}

Value get_entries(Evaluator& evaluator, const Arguments& arguments) {
  const Context* context = single(arguments[0]).if_context();
  if (context == nullptr) return wrong_kind(evaluator, "a context is expected");
  if (!evaluator.spend_memory(context->size() * 160)) return {};
  List entries;
  for (const Context::Entry& entry : context->entries()) {
    entries.emplace_back(Context{{"key", entry.name}, {"value", entry.value}});
  }
  return entries;
}

// Contexts keep their order, so adding a name looks at all the others.
bool put(Evaluator& evaluator, Context& context, const std::string& key, const Value& value) {
  if (!evaluator.spend(1 + context.size() / 8)) return false;
  if (!evaluator.spend_memory(sizeof(Context::Entry) + key.size())) return false;
  context.set(base::to_nfc(key), value);
  return true;
}

Value context_of(Evaluator& evaluator, const Arguments& arguments) {
  const Value wrapped = list_in(arguments[0]);
  if (wrapped.if_list() == nullptr) return wrong_kind(evaluator, "a list of entries is expected");
  Context context;
  for (const Value& entry : *wrapped.if_list()) {
    const Context* parts = entry.if_context();
    const Value* key = parts == nullptr ? nullptr : parts->find("key");
    const Value* value = parts == nullptr ? nullptr : parts->find("value");
    if (key == nullptr || value == nullptr || key->if_string() == nullptr ||
        context.find(base::to_nfc(*key->if_string())) != nullptr) {
      return wrong_kind(evaluator, "each entry needs a key of its own and a value");
    }
    if (!put(evaluator, context, *key->if_string(), *value)) return {};
  }
  return context;
}

std::optional<Value> put_at(Evaluator& evaluator, const Value& target, const List& path,
                            std::size_t depth, const Value& value) {
  const std::string* key = path[depth].if_string();
  const Context* context = target.if_context();
  if (key == nullptr || context == nullptr) return std::nullopt;
  if (!evaluator.spend_memory(context->size() * sizeof(Context::Entry))) return std::nullopt;
  Context changed = *context;
  if (depth + 1 == path.size()) {
    if (!put(evaluator, changed, *key, value)) return std::nullopt;
    return changed;
  }
  const Value* inner = context->find(base::to_nfc(*key));
  if (inner == nullptr) return std::nullopt;
  std::optional<Value> below = put_at(evaluator, *inner, path, depth + 1, value);
  if (!below || !put(evaluator, changed, *key, *below)) return std::nullopt;
  return changed;
}

Value context_put(Evaluator& evaluator, const Arguments& arguments) {
  List path;
  if (arguments[1].if_list() != nullptr) {
    path = *arguments[1].if_list();
  } else {
    path.push_back(arguments[1]);
  }
  if (path.empty() || path.size() > 100) return wrong_kind(evaluator, "a key is expected");
  std::optional<Value> result = put_at(evaluator, arguments[0], path, 0, arguments[2]);
  return value_or_null(evaluator, std::move(result), "a context and its keys are expected");
}

// By name, `key` is one key and `keys` the path to one.
Value context_put_one(Evaluator& evaluator, const Arguments& arguments) {
  if (arguments[1].if_string() == nullptr) return wrong_kind(evaluator, "the key is no text");
  return context_put(evaluator, arguments);
}

Value context_merge(Evaluator& evaluator, const Arguments& arguments) {
  const Value wrapped = list_in(arguments[0]);
  if (wrapped.if_list() == nullptr) return wrong_kind(evaluator, "a list of contexts is expected");
  Context merged;
  for (const Value& part : *wrapped.if_list()) {
    if (part.if_context() == nullptr) return wrong_kind(evaluator, "a context is expected");
    for (const Context::Entry& entry : part.if_context()->entries()) {
      if (!put(evaluator, merged, entry.name, entry.value)) return {};
    }
  }
  return merged;
}

constexpr std::array kFunctions{
    Builtin{"get value", "m,key", get_value},
    Builtin{"get value", "context,key", get_value},
    Builtin{"get entries", "m", get_entries},
    Builtin{"get entries", "context", get_entries},
    Builtin{"context", "entries", context_of},
    Builtin{"context put", "context,keys,value", context_put},
    Builtin{"context put", "context,key,value", context_put_one},
    Builtin{"context merge", "contexts", context_merge},
};

}  // namespace

std::span<const Builtin> context_builtins() {
  return kFunctions;
}

}  // namespace rules
