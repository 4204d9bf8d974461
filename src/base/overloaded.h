#pragma once
// overloaded.h - visit a variant with one lambda per alternative; the compiler proves that none is
// missing.
namespace base {
template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
}  // namespace base
