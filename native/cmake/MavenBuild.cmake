# Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#
# The native half of the Java build, as one call that Maven makes:
#   cmake -DSOURCE_DIR= -DBUILD_DIR= -DINSTALL_DIR= -DTORCH_LIB_DIR=
#         -DTESTS=ON|OFF -P MavenBuild.cmake
# Configures if needed, builds what changed, and lays the libraries where the
# jar takes them from.

# A build folder that was moved or copied cannot be used again.
if(EXISTS "${BUILD_DIR}/CMakeCache.txt")
  file(STRINGS "${BUILD_DIR}/CMakeCache.txt" home REGEX "^CMAKE_HOME_DIRECTORY:")
  if(NOT home STREQUAL "CMAKE_HOME_DIRECTORY:INTERNAL=${SOURCE_DIR}")
    file(REMOVE_RECURSE "${BUILD_DIR}")
  endif()
endif()

set(generator "")
if(NOT EXISTS "${BUILD_DIR}/CMakeCache.txt")
  find_program(ninja NAMES ninja ninja-build)
  if(ninja)
    set(generator -G Ninja)
  endif()
endif()

function(run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "The native build failed while ${what}; the reason is in the lines above.")
  endif()
endfunction()

run("configuring" "${CMAKE_COMMAND}" -S "${SOURCE_DIR}" -B "${BUILD_DIR}" ${generator}
    -DCMAKE_BUILD_TYPE=Release -DYOLOTORCH_WERROR=ON "-DYOLOTORCH_BUILD_TESTS=${TESTS}"
    "-DYOLOTORCH_TORCH_LIB_DIR=${TORCH_LIB_DIR}")

set(targets yolotorch_runtime)
if(TESTS)
  list(APPEND targets yolotorch_test)
endif()
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
run("compiling" "${CMAKE_COMMAND}" --build "${BUILD_DIR}" --config Release --parallel ${cores}
    --target ${targets})
run("installing" "${CMAKE_COMMAND}" --install "${BUILD_DIR}" --config Release
    --component runtime --prefix "${INSTALL_DIR}")
