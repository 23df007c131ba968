# Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#
# Two components: `runtime` is the libraries alone (Java packs them into its
# jar), `dev` adds what a C++ project needs for find_package(yolotorch).
#   cmake --install BUILD --component runtime --prefix DIR   libraries in DIR
#   cmake --install BUILD --prefix DIR                       libraries in DIR/lib, headers, package
include(CMakePackageConfigHelpers)

install(FILES $<TARGET_FILE:yolotorch> DESTINATION . COMPONENT runtime EXCLUDE_FROM_ALL
        PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                    WORLD_READ WORLD_EXECUTE)
if(TARGET yolotorch_env)
  install(FILES $<TARGET_FILE:yolotorch_env> DESTINATION . COMPONENT runtime EXCLUDE_FROM_ALL
          PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                      WORLD_READ WORLD_EXECUTE)
endif()

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/yolotorch")
install(TARGETS yolotorch EXPORT yolotorchTargets COMPONENT dev
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
        RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(DIRECTORY native/include/yolotorch DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT dev
        FILES_MATCHING PATTERN "*.h")
install(FILES "${PROJECT_BINARY_DIR}/include/yolotorch/version.h"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/yolotorch" COMPONENT dev)
install(EXPORT yolotorchTargets NAMESPACE yolotorch:: DESTINATION "${package_dir}" COMPONENT dev)
configure_package_config_file(native/cmake/yolotorchConfig.cmake.in yolotorchConfig.cmake
                              INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(yolotorchConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/yolotorchConfig.cmake"
              "${PROJECT_BINARY_DIR}/yolotorchConfigVersion.cmake"
        DESTINATION "${package_dir}" COMPONENT dev)
