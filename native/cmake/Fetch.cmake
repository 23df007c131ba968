# Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#
# Fetches the small libraries that the system does not have, into the user's
# cache. Nothing is installed and root is not needed. As a script it fetches
# into the cache alone:
#   cmake "-DNEEDS=nlohmann_json;zlib;googletest" -P Fetch.cmake
# It fails if one of them cannot be had, or, with -DREACH=URL instead, if that
# host does not answer.

# Each need: its official release with the SHA-256 of it, and the package of
# Debian and Ubuntu that holds the same files.
set(yolotorch_nlohmann_json_url
    https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz)
set(yolotorch_nlohmann_json_sha256 d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d)
set(yolotorch_nlohmann_json_package nlohmann-json3-dev)
set(yolotorch_zlib_url https://github.com/madler/zlib/releases/download/v1.3.1/zlib-1.3.1.tar.xz)
set(yolotorch_zlib_sha256 38ef96b8dfe510d42707d9c781877914792541133e1870841463bfa73f883e32)
set(yolotorch_zlib_package zlib1g-dev)
set(yolotorch_googletest_url https://github.com/google/googletest/archive/refs/tags/v1.14.0.tar.gz)
set(yolotorch_googletest_sha256 8ad598c73ad796e0d8280b082cebd82a630d73e73cd3c70057938a6501bba5d7)
set(yolotorch_googletest_package googletest)

# The user's cache of yolotorch.
function(yolotorch_cache_folder out)
  if(NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
    set(cache "$ENV{XDG_CACHE_HOME}/yolotorch")
  elseif(WIN32)
    file(TO_CMAKE_PATH "$ENV{LOCALAPPDATA}/yolotorch" cache)
  elseif(NOT "$ENV{HOME}" STREQUAL "")
    set(cache "$ENV{HOME}/.cache/yolotorch")
  else()
    set(cache "${CMAKE_BINARY_DIR}/cache")
  endif()
  file(MAKE_DIRECTORY "${cache}")
  set(${out} "${cache}" PARENT_SCOPE)
endfunction()

# A second build waits for the first one's download instead of repeating it.
# The lock is held until the function that called this macro returns.
macro(yolotorch_lock_cache lock_file)
  file(LOCK "${lock_file}" GUARD FUNCTION TIMEOUT 1200 RESULT_VARIABLE lock)
  if(NOT lock EQUAL 0)
    message(FATAL_ERROR "Expected to lock ${lock_file} within 20 minutes, but another build holds "
                        "it (${lock}); wait for that build or end it.")
  endif()
endmacro()

# Sets `out` to "" if `host` answers, else to the reason. Without an answer, a
# download could hang for minutes.
function(yolotorch_reach host out)
  get_property(status GLOBAL PROPERTY "yolotorch_reach_${host}")
  if(NOT status)
    file(DOWNLOAD "${host}/robots.txt" STATUS status TIMEOUT 10)
    set_property(GLOBAL PROPERTY "yolotorch_reach_${host}" "${status}")
  endif()
  list(GET status 0 code)
  list(GET status 1 reason)
  # 22: the host answers that it has no such file.
  if(code EQUAL 0 OR code EQUAL 22)
    set(reason "")
  endif()
  set(${out} "${reason}" PARENT_SCOPE)
endfunction()

# The official release of `name` into the folder `scratch`; `out` is the file.
function(yolotorch_download name scratch out)
  set(url "${yolotorch_${name}_url}")
  get_filename_component(file_name "${url}" NAME)
  string(REGEX MATCH "^https://[^/]*" host "${url}")
  yolotorch_reach("${host}" fault)
  if(fault)
    message(STATUS "${name}: ${host} cannot be reached (${fault})")
    return()
  endif()
  message(STATUS "${name}: downloading ${url}")
  file(DOWNLOAD "${url}" "${scratch}/${file_name}" STATUS status TLS_VERIFY ON
       INACTIVITY_TIMEOUT 30 TIMEOUT 300)
  list(GET status 0 code)
  if(NOT code EQUAL 0)
    list(GET status 1 reason)
    message(STATUS "${name}: the download failed (${reason})")
    return()
  endif()
  file(SHA256 "${scratch}/${file_name}" sha256)
  if(NOT sha256 STREQUAL yolotorch_${name}_sha256)
    message(STATUS "${name}: the download is damaged: its SHA-256 is ${sha256}")
    return()
  endif()
  set(${out} "${scratch}/${file_name}" PARENT_SCOPE)
endfunction()

# The distribution's package of `name`, whose hash apt checks.
function(yolotorch_download_package name scratch out)
  find_program(YOLOTORCH_APT_GET apt-get)
  mark_as_advanced(YOLOTORCH_APT_GET)
  if(NOT YOLOTORCH_APT_GET)
    return()
  endif()
  set(package "${yolotorch_${name}_package}")
  message(STATUS "${name}: fetching the package ${package} with apt-get (nothing is installed)")
  # As root apt would change to a user that may not write here.
  set(apt "${YOLOTORCH_APT_GET}" -q -o APT::Sandbox::User=root -o Acquire::Retries=1
          -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20)
  # The system's lists of packages may be empty or old: then up-to-date ones
  # are fetched for this call.
  set(own "${scratch}/apt")
  file(MAKE_DIRECTORY "${own}/lists/partial" "${own}/cache/archives/partial")
  set(with_own ${apt} -o "Dir::State=${own}" -o "Dir::State::Lists=${own}/lists"
                      -o "Dir::Cache=${own}/cache")
  execute_process(COMMAND ${apt} download "${package}" WORKING_DIRECTORY "${scratch}"
                  RESULT_VARIABLE code OUTPUT_QUIET ERROR_QUIET TIMEOUT 120)
  if(NOT code EQUAL 0)
    execute_process(COMMAND ${with_own} update RESULT_VARIABLE code
                    OUTPUT_QUIET ERROR_QUIET TIMEOUT 300)
    execute_process(COMMAND ${with_own} download "${package}" WORKING_DIRECTORY "${scratch}"
                    RESULT_VARIABLE code OUTPUT_VARIABLE says ERROR_VARIABLE says TIMEOUT 120)
  endif()
  file(GLOB deb "${scratch}/*.deb")
  if(code EQUAL 0 AND deb)
    set(${out} "${deb}" PARENT_SCOPE)
  else()
    string(REGEX MATCH "E: [^\n]*" says "${says}")
    message(STATUS "${name}: apt-get failed: ${says}")
  endif()
endfunction()

# Sets `out` to an archive of `name` in the cache, fetched if it is not there;
# to "" if it cannot be had. The name of a file there says its SHA-256.
function(yolotorch_cached_archive name out)
  set(${out} "" PARENT_SCOPE)
  yolotorch_cache_folder(cache)
  yolotorch_lock_cache("${cache}/${name}.lock")
  file(GLOB archives "${cache}/${name}-*")
  foreach(archive IN LISTS archives)
    file(SHA256 "${archive}" sha256)
    if(archive MATCHES "-${sha256}[.]")
      set(${out} "${archive}" PARENT_SCOPE)
      return()
    endif()
    file(REMOVE "${archive}")
  endforeach()

  # Holding the lock, whatever an interrupted build left here is ours to remove.
  set(scratch "${cache}/${name}.unfinished")
  file(REMOVE_RECURSE "${scratch}")
  file(MAKE_DIRECTORY "${scratch}")
  set(fresh "")
  yolotorch_download(${name} "${scratch}" fresh)
  if(NOT fresh)
    yolotorch_download_package(${name} "${scratch}" fresh)
  endif()
  if(fresh)
    file(SHA256 "${fresh}" sha256)
    get_filename_component(extension "${fresh}" LAST_EXT)
    set(archive "${cache}/${name}-${sha256}${extension}")
    file(RENAME "${fresh}" "${archive}")
    message(STATUS "${name}: kept in ${archive}")
    set(${out} "${archive}" PARENT_SCOPE)
  endif()
  file(REMOVE_RECURSE "${scratch}")
endfunction()

# Unpacks `name` below the build folder; `out` is the folder.
function(yolotorch_fetch name out)
  set(folder "${PROJECT_BINARY_DIR}/fetched/${name}")
  set(${out} "${folder}" PARENT_SCOPE)
  if(EXISTS "${folder}/.complete")
    return()
  endif()
  yolotorch_cached_archive(${name} archive)
  if(NOT archive)
    message(FATAL_ERROR "${name} is needed to build, but is not installed and could not be fetched "
                        "(see the lines above); install it: apt-get install "
                        "${yolotorch_${name}_package}")
  endif()
  file(REMOVE_RECURSE "${folder}")
  file(MAKE_DIRECTORY "${folder}")
  if(archive MATCHES "[.]deb$")
    execute_process(COMMAND dpkg -x "${archive}" "${folder}" COMMAND_ERROR_IS_FATAL ANY)
  else()
    file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${folder}")
  endif()
  file(TOUCH "${folder}/.complete")
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  set(failed "")
  foreach(name IN LISTS NEEDS)
    yolotorch_cached_archive(${name} archive)
    if(NOT archive)
      list(APPEND failed ${name})
    endif()
  endforeach()
  if(failed)
    message(FATAL_ERROR "These could not be fetched, see the lines above: ${failed}")
  endif()
  if(REACH)
    yolotorch_reach("${REACH}" fault)
    if(fault)
      message(FATAL_ERROR "${REACH} does not answer: ${fault}")
    endif()
  endif()
endif()
