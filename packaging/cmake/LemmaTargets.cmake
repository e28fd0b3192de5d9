# The functions by which every target of ours is declared: lemma_library, lemma_program and (tests/) lemma_test.
# They carry the flags and refuse a dependency that the layers forbid, at configure time.

# Flags live on one INTERFACE target, so that third-party code never sees them.
add_library(lemma_flags INTERFACE)
target_compile_options(lemma_flags INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wshadow;-Wconversion;-Wnon-virtual-dtor;-Wold-style-cast;-Wno-sign-conversion>
  $<$<COMPILE_LANGUAGE:C>:-Wall;-Wextra;-Wshadow;-Wconversion;-Wno-sign-conversion>
  $<$<COMPILE_LANGUAGE:CUDA>:-Xcompiler=-Wall,-Wextra;-lineinfo>)
if(LEMMA_WERROR)
  target_compile_options(lemma_flags INTERFACE
    $<$<COMPILE_LANGUAGE:C,CXX>:-Werror> $<$<COMPILE_LANGUAGE:CUDA>:-Werror=all-warnings>)
endif()
if(LEMMA_LIBFUZZER)
  # Without coverage counters in our own code libFuzzer finds nothing "interesting" and stops.
  target_compile_options(lemma_flags INTERFACE $<$<COMPILE_LANGUAGE:C,CXX>:-fsanitize=fuzzer-no-link>)
endif()
if(LEMMA_SANITIZE)
  target_compile_options(lemma_flags INTERFACE
    $<$<COMPILE_LANGUAGE:C,CXX>:-fsanitize=${LEMMA_SANITIZE};-fno-omit-frame-pointer;-fno-sanitize-recover=all>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU) # the instrumentation hides initialisations from this warning
    target_compile_options(lemma_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-maybe-uninitialized>)
  endif()
  target_link_options(lemma_flags INTERFACE -fsanitize=${LEMMA_SANITIZE})
endif()

# kernels < engine < tutor, assistant < app. Layers of one rank do not know each other.
set(LEMMA_LAYER_RANK_kernels 0)
set(LEMMA_LAYER_RANK_engine 1)
set(LEMMA_LAYER_RANK_tutor 2)
set(LEMMA_LAYER_RANK_assistant 2)
set(LEMMA_LAYER_RANK_app 3)

# Fails the configuration when `name` (a target declared in `layer`) names a library that its layer may not use.
function(lemma_check_layers name layer)
  foreach(dependency IN LISTS ARGN)
    if(dependency MATCHES "^lemma::([a-z]+)")
      set(other ${CMAKE_MATCH_1})
      if(NOT other STREQUAL layer AND LEMMA_LAYER_RANK_${other} GREATER_EQUAL LEMMA_LAYER_RANK_${layer})
        message(FATAL_ERROR "${name}: ${layer} may not depend on ${dependency} (see ARCHITECTURE.md, layers)")
      endif()
    elseif(NOT layer STREQUAL app AND dependency MATCHES "^(Qt6|KF[56])::")
      message(FATAL_ERROR "${name}: Qt stops at app/, but ${layer} names ${dependency}")
    endif()
  endforeach()
endfunction()

# Notes the libraries of others that a layer has named, for the test that compiles every header alone (tests/arch).
function(lemma_note_outside_libraries layer)
  foreach(dependency IN LISTS ARGN)
    if(NOT dependency MATCHES "^lemma(::|_)" OR dependency STREQUAL lemma_syntax_highlighting)
      set_property(GLOBAL APPEND PROPERTY LEMMA_OUTSIDE_LIBRARIES_${layer} ${dependency})
    endif()
  endforeach()
endfunction()

# lemma_library(name SOURCES ... [DEPENDS ...] [PRIVATE_DEPENDS ...])
# Declares a static library lemma_<layer>_<name> with the alias lemma::<layer>::<name>; the layer is the top-level folder.
function(lemma_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS")
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(REGEX REPLACE "/.*" "" layer ${folder})
  lemma_check_layers(${name} ${layer} ${arg_DEPENDS} ${arg_PRIVATE_DEPENDS})
  lemma_note_outside_libraries(${layer} ${arg_DEPENDS} ${arg_PRIVATE_DEPENDS})
  set(target lemma_${layer}_${name})
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(lemma::${layer}::${name} ALIAS ${target})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE_DEPENDS} lemma_flags)
endfunction()

# lemma_program(name SOURCES ... DEPENDS ...): an executable that is installed.
function(lemma_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(REGEX REPLACE "/.*" "" layer ${folder})
  lemma_check_layers(${name} ${layer} ${arg_DEPENDS})
  lemma_note_outside_libraries(${layer} ${arg_DEPENDS})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS} lemma_flags)
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()
