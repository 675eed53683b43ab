# The Debian packages, one for each component of the install rules. tools/package
# builds them; stage_debian.cmake adds what only a package has.
set(debian ${PROJECT_SOURCE_DIR}/tools/dist/debian)
set(abi ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "The stepden authors")
set(CPACK_PACKAGE_CONTACT "The stepden authors <stepden@stepden.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each component has its own
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/stage_debian.cmake)
set(CPACK_STEPDEN_DEBIAN ${debian})

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL service tools library redis_library dev)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1 CACHE STRING "N of the version 0.1.0-N")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/src)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(this_version "${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}")

# stepden_package(COMPONENT NAME SECTION SUMMARY TEXT [DEPENDS TEXT]
# [SUGGESTS TEXT]), with the control files in tools/dist/debian/COMPONENT.
function(stepden_package component name section summary text)
  cmake_parse_arguments(ARG "" "DEPENDS;SUGGESTS" "" ${ARGN})
  string(TOUPPER ${component} COMPONENT)
  file(GLOB control ${debian}/${component}/*)
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_NAME ${name} PARENT_SCOPE)
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_SECTION ${section} PARENT_SCOPE)
  set(CPACK_DEBIAN_${COMPONENT}_DESCRIPTION "${summary}\n${text}" PARENT_SCOPE)
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_CONTROL_EXTRA ${control} PARENT_SCOPE)
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_DEPENDS "${ARG_DEPENDS}" PARENT_SCOPE)
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_SUGGESTS "${ARG_SUGGESTS}" PARENT_SCOPE)
endfunction()

stepden_package(service stepden net
  "DEN service for collision warnings, on Redis Streams"
  "Reads predicted collisions from a Redis stream, keeps the life cycle of the
resulting DENMs (EN 302 637-3, TS 103 831), and publishes each of them as JSON
and as UPER.

Several instances are each other's hot standby: no DENM is lost or published
twice by a restart, a crash or a takeover."
  SUGGESTS redis-server)
stepden_package(tools stepden-tools net
  "command line tool for DENMs"
  "denm decodes, encodes, checks, compares and explains Decentralized
Environmental Notification Messages, and writes captures for Wireshark.")
stepden_package(library libstepden${abi} libs
  "DENM codec and DEN service as a library"
  "Encodes and decodes DENMs of EN 302 637-3 and TS 103 831, and keeps their life
cycle, without I/O or clock.")
stepden_package(redis_library libstepden-redis${abi} libs
  "Redis Streams on a libev loop"
  "A pool of connections and the operations of a stream: publish, receive and
acknowledge."
  DEPENDS "libstepden${abi} (= ${this_version})")
stepden_package(dev libstepden-dev libdevel
  "DENM codec and DEN service, to build programs with"
  "Headers, static libraries, what pkg-config and CMake need, examples, and
stepden-schemac, which makes C records of JSON Schemas."
  DEPENDS "libstepden${abi} (= ${this_version}), \
libstepden-redis${abi} (= ${this_version}), libev-dev"
  SUGGESTS "libc-ares-dev, libhiredis-dev, libssl-dev")
include(CPack)
