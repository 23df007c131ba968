# Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#
# Checks (or, with -DFIX=ON, restores) the layout of the C++ sources:
#   cmake -DSOURCE_DIR=. [-DFIX=ON] -P native/cmake/CheckFormat.cmake
# Another version of clang-format lays out some lines differently, so that only
# this one counts.
set(wanted 14)

set(fault "it is not installed")
find_program(clang_format NAMES clang-format-${wanted} clang-format)
if(clang_format)
  execute_process(COMMAND "${clang_format}" --version OUTPUT_VARIABLE version
                  OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(version MATCHES "version ${wanted}\\.")
    set(fault "")
  else()
    set(fault "found ${version}")
  endif()
endif()
if(fault)
  set(text "C++ layout was not checked: clang-format ${wanted} is needed but ${fault}; "
           "apt-get install clang-format-${wanted}")
  string(CONCAT text ${text})
  if("$ENV{CI}" STREQUAL "true")
    message(FATAL_ERROR "${text}")
  endif()
  message(STATUS "${text}")
  return()
endif()

file(GLOB_RECURSE files "${SOURCE_DIR}/native/*.h" "${SOURCE_DIR}/native/*.cc"
                        "${SOURCE_DIR}/examples/*.cc" "${SOURCE_DIR}/benchmarks/native/*.cc"
                        "${SOURCE_DIR}/native/*.c")
list(LENGTH files count)
if(FIX)
  execute_process(COMMAND "${clang_format}" --style=file -i ${files} RESULT_VARIABLE code)
else()
  execute_process(COMMAND "${clang_format}" --style=file --dry-run -Werror ${files}
                  RESULT_VARIABLE code)
endif()
if(NOT code EQUAL 0)
  message(FATAL_ERROR "C++ sources are expected to be laid out by clang-format ${wanted}, but the "
                      "lines above differ; run cmake -DSOURCE_DIR=. -DFIX=ON -P "
                      "native/cmake/CheckFormat.cmake")
endif()
message(STATUS "C++ layout: ${count} files as clang-format ${wanted} lays them out")
