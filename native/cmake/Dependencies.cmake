# Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#
# The small libraries we use: taken from the system if it has them, else
# their official release, checked by its SHA-256.

# Downloads and unpacks a release into `out`; `package` is what to install by
# hand when that fails.
function(yolotorch_fetch name url sha256 package out)
  get_filename_component(file_name "${url}" NAME)
  set(archive "${PROJECT_BINARY_DIR}/download/${name}-${file_name}")
  set(folder "${PROJECT_BINARY_DIR}/download/${name}")
  set(${out} "${folder}" PARENT_SCOPE)
  if(EXISTS "${folder}/.complete")
    return()
  endif()
  message(STATUS "${name}: not installed; downloading ${url}")
  file(DOWNLOAD "${url}" "${archive}" STATUS status TLS_VERIFY ON INACTIVITY_TIMEOUT 30 TIMEOUT 300)
  list(GET status 0 failed)
  set(actual "")
  if(NOT failed)
    file(SHA256 "${archive}" actual)
  endif()
  if(NOT actual STREQUAL sha256)
    file(REMOVE "${archive}")
    message(FATAL_ERROR "${name} is needed but is not installed and could not be downloaded "
                        "(${status}); install it: apt-get install ${package}")
  endif()
  file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${folder}")
  file(TOUCH "${folder}/.complete")
endfunction()

find_package(nlohmann_json 3.10 QUIET)
if(NOT nlohmann_json_FOUND)
  yolotorch_fetch(nlohmann_json
    "https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz"
    d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d
    nlohmann-json3-dev json_dir)
  add_library(yolotorch_json INTERFACE)
  target_include_directories(yolotorch_json SYSTEM INTERFACE "${json_dir}/json/single_include")
  add_library(nlohmann_json::nlohmann_json ALIAS yolotorch_json)
endif()

find_package(ZLIB 1.2.9 QUIET)
if(NOT ZLIB_FOUND)
  yolotorch_fetch(zlib
    "https://github.com/madler/zlib/releases/download/v1.3.1/zlib-1.3.1.tar.xz"
    38ef96b8dfe510d42707d9c781877914792541133e1870841463bfa73f883e32
    zlib1g-dev zlib_dir)
  set(zlib_dir "${zlib_dir}/zlib-1.3.1")
  file(GLOB zlib_sources "${zlib_dir}/*.c")
  add_library(yolotorch_zlib STATIC ${zlib_sources})
  target_include_directories(yolotorch_zlib SYSTEM PUBLIC "${zlib_dir}")
  if(UNIX)
    target_compile_definitions(yolotorch_zlib PRIVATE HAVE_UNISTD_H)
  endif()
  add_library(ZLIB::ZLIB ALIAS yolotorch_zlib)
endif()

if(YOLOTORCH_BUILD_TESTS)
  find_package(GTest QUIET)
  if(NOT GTest_FOUND)
    yolotorch_fetch(GoogleTest
      "https://github.com/google/googletest/archive/refs/tags/v1.14.0.tar.gz"
      8ad598c73ad796e0d8280b082cebd82a630d73e73cd3c70057938a6501bba5d7
      libgtest-dev gtest_dir)
    set(INSTALL_GTEST OFF CACHE INTERNAL "")
    set(BUILD_GMOCK OFF CACHE INTERNAL "")
    set(gtest_force_shared_crt ON CACHE INTERNAL "")
    add_subdirectory("${gtest_dir}/googletest-1.14.0" "${PROJECT_BINARY_DIR}/googletest"
                     EXCLUDE_FROM_ALL)
  endif()
endif()
