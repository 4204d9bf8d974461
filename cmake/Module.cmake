# One function per kind of thing the project builds, so that every module's CMakeLists.txt is a list
# of its files and of the modules it may use, and nothing else.
find_package(GTest REQUIRED)
include(GoogleTest)
set(MOTCUA_SANITIZE "" CACHE STRING "Comma-separated -fsanitize= value, or empty")

# ccache shares objects between build folders and clones: the tree's own path is taken out of the key.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_NOHASHDIR=1
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE_PROGRAM})
endif()

add_library(motcua_options INTERFACE)
target_compile_features(motcua_options INTERFACE cxx_std_20)
target_include_directories(motcua_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_options(motcua_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual -Woverloaded-virtual
  -Wduplicated-cond -Wlogical-op -Wnull-dereference -Wimplicit-fallthrough -Werror
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  # The optimiser's path analysis reports null dereferences inside library headers (Boost.JSON,
  # std::variant) that cannot happen; the Debug build keeps the check.
  target_compile_options(motcua_options INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized -Wno-restrict -g1)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
if(MOTCUA_SANITIZE)
  target_compile_options(motcua_options INTERFACE -fsanitize=${MOTCUA_SANITIZE}
    -fno-omit-frame-pointer -fno-sanitize-recover=all -Wno-tsan)
  target_link_options(motcua_options INTERFACE -fsanitize=${MOTCUA_SANITIZE})
endif()

# motcua_module(NAME HEADERS ... SOURCES ... USES modules... LINKS libraries... TESTS ...)
#
# USES names the modules of this tree that may be included (tests/tidy holds the same table);
# LINKS names libraries from outside.
function(motcua_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;SOURCES;USES;LINKS;TESTS")
  if(arg_SOURCES)
    add_library(${name} STATIC ${arg_SOURCES})
    set(scope PUBLIC)
  else()
    add_library(${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_sources(${name} ${scope} FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/src
    FILES ${arg_HEADERS})
  target_link_libraries(${name} ${scope} ${arg_USES} motcua_options ${arg_LINKS})
  if(arg_TESTS)
    add_executable(${name}_test ${arg_TESTS})
    target_compile_definitions(${name}_test PRIVATE PROJECT_ROOT="${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name}_test PRIVATE ${name} GTest::gmock GTest::gtest_main)
    gtest_discover_tests(${name}_test TEST_PREFIX ${name}: PROPERTIES LABELS ${name}
      DISCOVERY_TIMEOUT 60)
  endif()
endfunction()
