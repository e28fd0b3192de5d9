# Every outside library, in one place. Versions are those of Debian 12 or later. If one is missing: bash packaging/setup.sh

# What Debian 12 lacks is built by packaging/setup.sh into the user's data folder (packaging/lib/paths.sh names the same place).
set(LEMMA_DEPS $ENV{XDG_DATA_HOME})
if(NOT LEMMA_DEPS)
  set(LEMMA_DEPS $ENV{HOME}/.local/share)
endif()
list(APPEND CMAKE_PREFIX_PATH ${LEMMA_DEPS}/lemma/deps)
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(SQLiteCpp REQUIRED)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)

# Exact mathematics. Debian 12 has the four libraries apart and without pkg-config files; Calcium's headers live in a folder.
add_library(lemma_exact_arithmetic INTERFACE)
foreach(library calcium antic flint-arb flint gmp) # gmp: FLINT's inline functions call it
  find_library(LEMMA_${library}_LIBRARY ${library} REQUIRED)
  target_link_libraries(lemma_exact_arithmetic INTERFACE ${LEMMA_${library}_LIBRARY})
endforeach()
find_path(LEMMA_EXACT_INCLUDE_DIR NAMES calcium/ca.h REQUIRED)
target_include_directories(lemma_exact_arithmetic SYSTEM INTERFACE ${LEMMA_EXACT_INCLUDE_DIR})

if(LEMMA_APP)
  find_package(Qt6 6.4.2 REQUIRED COMPONENTS Concurrent Core DBus Gui LinguistTools Widgets Svg SvgWidgets Qml PrintSupport)
  pkg_check_modules(CMARK_GFM REQUIRED IMPORTED_TARGET libcmark-gfm)
  find_library(CMARK_GFM_EXTENSIONS_LIBRARY cmark-gfm-extensions REQUIRED)
  # KF6 where the system has it; on Debian 12 set-up builds 5.116 for Qt 6 (packaging/lib/syntax_highlighting.sh).
  find_package(KF6SyntaxHighlighting QUIET)
  if(KF6SyntaxHighlighting_FOUND)
    add_library(lemma_syntax_highlighting ALIAS KF6::SyntaxHighlighting)
  else()
    find_package(KF5SyntaxHighlighting 5.100)
    if(NOT KF5SyntaxHighlighting_FOUND)
      message(FATAL_ERROR "KSyntaxHighlighting for Qt 6 was not found. Run: bash packaging/setup.sh")
    endif()
    add_library(lemma_syntax_highlighting ALIAS KF5::SyntaxHighlighting)
  endif()
endif()
if(BUILD_TESTING)
  find_package(Qt6 6.4.2 REQUIRED COMPONENTS Core Test)
  find_package(Boost 1.74 REQUIRED COMPONENTS context)
endif()
