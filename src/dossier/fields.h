#pragma once
// fields.h - one description of a struct's members serves writing and reading JSON.
//
// `describe(visitor, value)` names each member once; JsonWriter and JsonReader walk it.  Readers
// leave a member as it is where the key is absent, so that members can be added later.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/json.h"
#include "calendar/instant.h"

namespace dossier {

class JsonWriter {
 public:
  template <class T>
  void operator()(const char* key, T& member) {
    if (is_default(member)) return;
    object_[key] = value_of(member);
  }
  [[nodiscard]] base::json::object take() { return std::move(object_); }

  template <class T>
  [[nodiscard]] static base::json::value value_of(T& member) {
    if constexpr (std::is_same_v<T, std::string>) {
      return base::json::value(base::json::string_view{member});
    } else if constexpr (std::is_same_v<T, bool>) {
      return base::json::value(member);
    } else if constexpr (std::is_integral_v<T>) {
      return base::json::value(static_cast<std::int64_t>(member));
    } else if constexpr (std::is_enum_v<T>) {
      return base::json::value(static_cast<std::int64_t>(member));
    } else if constexpr (std::is_same_v<T, calendar::Instant>) {
      return base::json::value(base::json::string_view{calendar::to_iso(member)});
    } else if constexpr (std::is_same_v<T, base::json::object> ||
                         std::is_same_v<T, base::json::value>) {
      return base::json::value(member);
    } else if constexpr (requires { typename T::mapped_type; }) {
      base::json::object object;
      for (auto& [key, value] : member) object[key] = value_of(value);
      return object;
    } else if constexpr (requires { member.has_value(); }) {
      return member.has_value() ? value_of(*member) : base::json::value(nullptr);
    } else if constexpr (requires { member.push_back(typename T::value_type{}); }) {
      base::json::array array;
      for (auto& item : member) array.push_back(value_of(item));
      return array;
    } else {
      JsonWriter inner;
      describe(inner, member);
      return inner.take();
    }
  }

 private:
  template <class T>
  [[nodiscard]] static bool is_default(const T& member) {
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, base::json::object>) {
      return member.empty();
    } else if constexpr (std::is_same_v<T, bool>) {
      return !member;
    } else if constexpr (requires { typename T::mapped_type; }) {
      return member.empty();
    } else if constexpr (std::is_same_v<T, base::json::value>) {
      return false;
    } else if constexpr (requires { member.has_value(); }) {
      return !member.has_value();
    } else if constexpr (requires { member.push_back(typename T::value_type{}); }) {
      return member.empty();
    } else {
      return false;
    }
  }
  base::json::object object_;
};

class JsonReader {
 public:
  explicit JsonReader(const base::json::object& object) : object_(object) {}

  template <class T>
  void operator()(const char* key, T& member) {
    const base::json::value* value = object_.if_contains(key);
    if (value != nullptr) ok_ = read(*value, member) && ok_;
  }
  // False when a member was of another type than its struct says.
  [[nodiscard]] bool ok() const { return ok_; }

  template <class T>
  [[nodiscard]] static bool read(const base::json::value& value, T& member) {
    if constexpr (std::is_same_v<T, std::string>) {
      if (!value.is_string()) return false;
      member.assign(value.get_string().data(), value.get_string().size());
    } else if constexpr (std::is_same_v<T, bool>) {
      if (!value.is_bool()) return false;
      member = value.get_bool();
    } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      if (!value.is_int64()) return false;
      if constexpr (std::is_integral_v<T>) {
        if (!std::in_range<T>(value.get_int64())) return false;
      }
      member = static_cast<T>(value.get_int64());
    } else if constexpr (std::is_same_v<T, calendar::Instant>) {
      if (!value.is_string()) return false;
      const auto at = calendar::parse_instant(
          std::string_view{value.get_string().data(), value.get_string().size()});
      if (!at.has_value()) return false;
      member = *at;
    } else if constexpr (std::is_same_v<T, base::json::value>) {
      member = value;
    } else if constexpr (std::is_same_v<T, base::json::object>) {
      if (!value.is_object()) return false;
      member = value.get_object();
    } else if constexpr (requires { typename T::mapped_type; }) {
      if (!value.is_object()) return false;
      for (const auto& entry : value.get_object()) {
        typename T::mapped_type inner{};
        if (!read(entry.value(), inner)) return false;
        member.emplace(std::string{entry.key().data(), entry.key().size()}, std::move(inner));
      }
    } else if constexpr (requires { member.has_value(); }) {
      if (value.is_null()) {
        member.reset();
        return true;
      }
      typename T::value_type inner{};
      if (!read(value, inner)) return false;
      member = std::move(inner);
    } else if constexpr (requires { member.push_back(typename T::value_type{}); }) {
      if (!value.is_array()) return false;
      member.clear();
      for (const base::json::value& item : value.get_array()) {
        typename T::value_type inner{};
        if (!read(item, inner)) return false;
        member.push_back(std::move(inner));
      }
    } else {
      if (!value.is_object()) return false;
      JsonReader inner{value.get_object()};
      describe(inner, member);
      return inner.ok();
    }
    return true;
  }

 private:
  const base::json::object& object_;
  bool ok_ = true;
};

}  // namespace dossier
