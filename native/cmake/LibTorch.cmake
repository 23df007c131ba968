# Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#
# Finds the headers (and, unless YOLOTORCH_TORCH_LIB_DIR gives them, the
# libraries) of LibTorch, in this order:
#   1. a LibTorch given by -DCMAKE_PREFIX_PATH=... or -DTorch_DIR=...
#   2. the user's cache, filled by an earlier build
#   3. the official LibTorch download for the CPU
#   4. the Python wheel of the same build; only its files are taken, no Python
#      code is run
# Gives the targets yolotorch_torch and yolotorch_openmp, and
# YOLOTORCH_TORCH_LIBRARY_DIR.

include(Fetch)

set(torch_version 2.13.0)
# The commit that both LibTorch and the libraries on Maven Central are made of.
set(torch_commit cf30153c4c131c8164ee7798e5022d810682e2cb)
set(torch_wheel torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl)
set(torch_wheel_sha256 6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b)
set(torch_host https://download.pytorch.org)
if(APPLE)
  set(torch_zip "libtorch/cpu/libtorch-macos-arm64-${torch_version}.zip")
elseif(WIN32)
  set(torch_zip "libtorch/cpu/libtorch-win-shared-with-deps-${torch_version}%2Bcpu.zip")
else()
  set(torch_zip "libtorch/cpu/libtorch-shared-with-deps-${torch_version}%2Bcpu.zip")
endif()

# Sets `out` to "" if `root` is the LibTorch we want, else to what is wrong.
function(yolotorch_torch_fault root with_libraries out)
  set(fault "")
  if(NOT EXISTS "${root}/include/torch/script.h")
    set(fault "it has no include/torch/script.h")
  elseif(EXISTS "${root}/build-hash")
    file(READ "${root}/build-hash" hash)
    if(NOT hash MATCHES "${torch_commit}")
      string(STRIP "${hash}" hash)
      set(fault "it was built from commit ${hash}")
    endif()
  elseif(EXISTS "${root}/version.py")
    file(STRINGS "${root}/version.py" hash REGEX "^git_version")
    if(NOT hash MATCHES "${torch_commit}")
      set(fault "it says ${hash}")
    endif()
  else()
    set(fault "it does not say which commit it was built from")
  endif()
  if(NOT fault AND with_libraries)
    file(GLOB found "${root}/lib/*torch_cpu*")
    if(NOT found)
      set(fault "it has no libraries")
    endif()
  endif()
  set(${out} "${fault}" PARENT_SCOPE)
endfunction()

# 1. What the user named.
function(yolotorch_given_torch out)
  set(candidates "")
  if(Torch_DIR)
    list(APPEND candidates "${Torch_DIR}/../../..")
  endif()
  string(REPLACE ":" ";" from_environment "$ENV{CMAKE_PREFIX_PATH}")
  foreach(prefix IN LISTS CMAKE_PREFIX_PATH from_environment)
    # torch.utils.cmake_prefix_path is <torch>/share/cmake.
    list(APPEND candidates "${prefix}" "${prefix}/../..")
  endforeach()
  foreach(root IN LISTS candidates)
    if(EXISTS "${root}/include/torch/script.h")
      get_filename_component(root "${root}" ABSOLUTE)
      yolotorch_torch_fault("${root}" FALSE fault)
      if(fault AND YOLOTORCH_TORCH_LIB_DIR)
        message(FATAL_ERROR "Expected the headers of LibTorch ${torch_version} "
          "(commit ${torch_commit}) in ${root}, but ${fault}; leave CMAKE_PREFIX_PATH out to have "
          "the right ones fetched.")
      elseif(fault)
        message(WARNING "LibTorch in ${root} is not the ${torch_version} that yolotorch is tested "
                        "with: ${fault}.")
      endif()
      set(${out} "${root}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# Moves a checked LibTorch into the cache, in one step.
function(yolotorch_keep_torch fresh target with_libraries from out)
  yolotorch_torch_fault("${fresh}" "${with_libraries}" fault)
  if(fault)
    message(STATUS "LibTorch: ${from} is not the ${torch_version} expected: ${fault}")
  else()
    file(REMOVE_RECURSE "${target}")
    file(RENAME "${fresh}" "${target}")
    message(STATUS "LibTorch: kept in ${target}")
    set(${out} "${target}" PARENT_SCOPE)
  endif()
endfunction()

# 3. The official archive.
function(yolotorch_download_torch scratch target out)
  yolotorch_reach("${torch_host}" fault)
  if(fault)
    message(STATUS "LibTorch: ${torch_host} cannot be reached (${fault})")
    return()
  endif()
  message(STATUS "LibTorch: downloading ${torch_host}/${torch_zip} (about 200 MB)")
  file(DOWNLOAD "${torch_host}/${torch_zip}" "${scratch}/libtorch.zip" STATUS status
       INACTIVITY_TIMEOUT 60)
  list(GET status 0 code)
  if(NOT code EQUAL 0)
    list(GET status 1 reason)
    message(STATUS "LibTorch: the download failed (${reason})")
    return()
  endif()
  file(ARCHIVE_EXTRACT INPUT "${scratch}/libtorch.zip" DESTINATION "${scratch}")
  yolotorch_keep_torch("${scratch}/libtorch" "${target}" TRUE "the archive" kept)
  set(${out} "${kept}" PARENT_SCOPE)
endfunction()

# 4. The wheel.
function(yolotorch_unpack_wheel scratch target with_libraries out)
  find_program(YOLOTORCH_PYTHON NAMES python3 python)
  mark_as_advanced(YOLOTORCH_PYTHON)
  set(pip_code 1)
  if(YOLOTORCH_PYTHON)
    execute_process(COMMAND "${YOLOTORCH_PYTHON}" -m pip --version
                    RESULT_VARIABLE pip_code OUTPUT_QUIET ERROR_QUIET)
  endif()
  if(NOT pip_code EQUAL 0)
    message(STATUS "LibTorch: no pip, with which its headers could be fetched")
    return()
  endif()
  message(STATUS "LibTorch: fetching the wheel torch==${torch_version} with pip "
                 "(about 200 MB, nothing is installed)")
  set(tags "")
  if(CMAKE_HOST_SYSTEM_NAME STREQUAL "Linux" AND CMAKE_HOST_SYSTEM_PROCESSOR STREQUAL "x86_64")
    # The files wanted are the same for each Python; ask for one that exists.
    set(tags --python-version 3.11 --implementation cp --abi cp311
             --platform manylinux_2_28_x86_64)
  endif()
  execute_process(COMMAND "${YOLOTORCH_PYTHON}" -m pip download --quiet --no-deps --retries 2
                          --only-binary=:all: ${tags} -d "${scratch}" "torch==${torch_version}"
                  RESULT_VARIABLE pip_code OUTPUT_VARIABLE pip_says ERROR_VARIABLE pip_says)
  file(GLOB wheel "${scratch}/torch-*.whl")
  if(NOT pip_code EQUAL 0 OR NOT wheel)
    string(REGEX REPLACE "\n.*$" "" pip_says "${pip_says}")
    message(STATUS "LibTorch: pip failed: ${pip_says}")
    return()
  endif()
  get_filename_component(wheel_name "${wheel}" NAME)
  if(wheel_name STREQUAL torch_wheel)
    file(SHA256 "${wheel}" sha256)
    if(NOT sha256 STREQUAL torch_wheel_sha256)
      message(STATUS "LibTorch: the wheel is damaged: its SHA-256 is ${sha256}")
      return()
    endif()
  endif()
  set(wanted torch/include/* torch/share/* torch/version.py)
  if(with_libraries)
    list(APPEND wanted torch/lib/*)
  endif()
  file(ARCHIVE_EXTRACT INPUT "${wheel}" DESTINATION "${scratch}" PATTERNS ${wanted})
  yolotorch_keep_torch("${scratch}/torch" "${target}" "${with_libraries}" "the wheel" kept)
  set(${out} "${kept}" PARENT_SCOPE)
endfunction()

# 2. to 4.
function(yolotorch_cached_torch out)
  set(with_libraries TRUE)
  if(YOLOTORCH_TORCH_LIB_DIR)
    set(with_libraries FALSE)
  endif()
  yolotorch_cache_folder(cache)
  set(full "${cache}/libtorch-${torch_version}-cpu")
  set(headers "${full}-headers")

  yolotorch_lock_cache("${cache}/libtorch.lock")

  set(candidates "${full}")
  if(NOT with_libraries)
    list(APPEND candidates "${headers}")
  endif()
  foreach(root IN LISTS candidates)
    yolotorch_torch_fault("${root}" "${with_libraries}" fault)
    if(NOT fault)
      set(${out} "${root}" PARENT_SCOPE)
      return()
    endif()
  endforeach()

  message(STATUS "LibTorch: ${torch_version} is not in ${cache} yet")
  # Holding the lock, whatever an interrupted build left here is ours to remove.
  set(scratch "${cache}/unfinished")
  file(REMOVE_RECURSE "${scratch}")
  file(MAKE_DIRECTORY "${scratch}")
  set(kept "")
  yolotorch_download_torch("${scratch}" "${full}" kept)
  if(NOT kept AND with_libraries)
    yolotorch_unpack_wheel("${scratch}" "${full}" TRUE kept)
  elseif(NOT kept)
    yolotorch_unpack_wheel("${scratch}" "${headers}" FALSE kept)
  endif()
  file(REMOVE_RECURSE "${scratch}")
  if(NOT kept)
    message(FATAL_ERROR
      "LibTorch ${torch_version} is needed to build, but could not be fetched (see the lines "
      "above); either give the machine access to ${torch_host}, or install pip "
      "(apt-get install python3-pip), or unpack ${torch_host}/${torch_zip} yourself and pass its "
      "folder: -DCMAKE_PREFIX_PATH=FOLDER, with Maven CMAKE_PREFIX_PATH=FOLDER in the environment.")
  endif()
  set(${out} "${kept}" PARENT_SCOPE)
endfunction()

set(torch_root "")
yolotorch_given_torch(torch_root)
if(NOT torch_root)
  yolotorch_cached_torch(torch_root)
endif()
if(YOLOTORCH_TORCH_LIB_DIR)
  set(YOLOTORCH_TORCH_LIBRARY_DIR "${YOLOTORCH_TORCH_LIB_DIR}")
else()
  set(YOLOTORCH_TORCH_LIBRARY_DIR "${torch_root}/lib")
endif()
message(STATUS "LibTorch: headers ${torch_root}/include, libraries ${YOLOTORCH_TORCH_LIBRARY_DIR}")

add_library(yolotorch_torch INTERFACE)
target_include_directories(yolotorch_torch SYSTEM INTERFACE
  "${torch_root}/include" "${torch_root}/include/torch/csrc/api/include")
foreach(name torch_cpu c10)
  if(WIN32)
    set(library "${YOLOTORCH_TORCH_LIBRARY_DIR}/${name}.lib")
  else()
    set(library "${YOLOTORCH_TORCH_LIBRARY_DIR}/lib${name}${CMAKE_SHARED_LIBRARY_SUFFIX}")
  endif()
  if(NOT EXISTS "${library}")
    message(FATAL_ERROR "Expected LibTorch's library ${library}, but there is no such file; give "
                        "the folder that holds it: -DYOLOTORCH_TORCH_LIB_DIR=FOLDER.")
  endif()
  target_link_libraries(yolotorch_torch INTERFACE "${library}")
endforeach()

# LibTorch brings its own OpenMP runtime; a second one in the same process
# would have a second pool of threads.
add_library(yolotorch_openmp INTERFACE)
if(UNIX AND NOT APPLE)
  file(GLOB gomp "${YOLOTORCH_TORCH_LIBRARY_DIR}/libgomp*.so*")
  target_compile_options(yolotorch_openmp INTERFACE -fopenmp)
  if(gomp)
    list(GET gomp 0 gomp)
    target_link_libraries(yolotorch_openmp INTERFACE "${gomp}" pthread)
  else()
    target_link_options(yolotorch_openmp INTERFACE -fopenmp)
  endif()
endif()
