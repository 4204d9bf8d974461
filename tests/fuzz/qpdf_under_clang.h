#pragma once
// qpdf_under_clang.h - read before a file that uses qpdf, where clang compiles it.
//
// libstdc++ 12 makes the destructor of std::vector constexpr in C++20, and clang then wants the
// element to be complete where a virtual destructor is defaulted; qpdf/JSON.hh has a vector of the
// class that it is defining, which g++ takes.  Nothing of ours makes or destroys a JSON of qpdf, so
// that an empty class stands in for that one vector in these files.

#include <vector>

class JSON;

template <>
class std::vector<JSON> {};
