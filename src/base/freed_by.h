#pragma once
// freed_by.h - lets std::unique_ptr own what a C library gives out:
// std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>.

namespace base {

template <auto Free>
struct FreedBy {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

}  // namespace base
