# Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#
# The small libraries we use: taken from the system if it has them, else fetched.
include(Fetch)

# Reads and writes the metadata of exported models; LibTorch has no JSON of use
# to others.
find_package(nlohmann_json 3.10 QUIET)
if(NOT nlohmann_json_FOUND)
  yolotorch_fetch(nlohmann_json json_dir)
  find_path(json_include nlohmann/json.hpp NO_CACHE NO_DEFAULT_PATH REQUIRED
            PATHS "${json_dir}/json/single_include" "${json_dir}/usr/include")
  add_library(yolotorch_json INTERFACE)
  target_include_directories(yolotorch_json SYSTEM INTERFACE "${json_include}")
  add_library(nlohmann_json::nlohmann_json ALIAS yolotorch_json)
endif()

# Reads archives where LibTorch may not be used yet.
find_package(ZLIB 1.2.9 QUIET)
if(NOT ZLIB_FOUND)
  yolotorch_fetch(zlib zlib_dir)
  if(EXISTS "${zlib_dir}/usr/include/zlib.h")
    # The library of that version is there: dpkg itself needs it. The package's
    # static one is of no use for a shared library.
    find_library(zlib_library NAMES libz.so.1 NO_CACHE REQUIRED)
    add_library(yolotorch_zlib INTERFACE)
    target_include_directories(yolotorch_zlib SYSTEM INTERFACE "${zlib_dir}/usr/include")
    target_link_libraries(yolotorch_zlib INTERFACE "${zlib_library}")
  else()
    set(zlib_dir "${zlib_dir}/zlib-1.3.1")
    file(GLOB zlib_sources "${zlib_dir}/*.c")
    add_library(yolotorch_zlib STATIC ${zlib_sources})
    target_include_directories(yolotorch_zlib SYSTEM PUBLIC "${zlib_dir}")
    if(UNIX)
      target_compile_definitions(yolotorch_zlib PRIVATE HAVE_UNISTD_H)
    endif()
  endif()
  add_library(ZLIB::ZLIB ALIAS yolotorch_zlib)
endif()

if(YOLOTORCH_BUILD_TESTS)
  find_package(GTest QUIET)
  if(NOT GTest_FOUND)
    yolotorch_fetch(googletest gtest_dir)
    file(GLOB gtest_dir "${gtest_dir}/googletest-*/googletest"
                        "${gtest_dir}/usr/src/googletest/googletest")
    set(INSTALL_GTEST OFF CACHE INTERNAL "")
    set(gtest_force_shared_crt ON CACHE INTERNAL "")
    add_subdirectory("${gtest_dir}" "${PROJECT_BINARY_DIR}/googletest" EXCLUDE_FROM_ALL)
  endif()
endif()
