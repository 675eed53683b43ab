# How every target of ours is compiled, and the three ways to make one:
#   stepden_module(NAME SOURCES ... [PUBLIC ...] [PRIVATE ...])
#   stepden_program(NAME SOURCES ... LINKS ... [INSTALL COMPONENT]), in bin/
#   stepden_test(MODULE/FILE LINKS ...)
# and how a source gets the bytes of other files:
#   stepden_embed(SOURCE FILE...)

option(STEPDEN_SANITIZE "Build under AddressSanitizer and UBSan" OFF)
option(STEPDEN_FUZZ "Build the fuzzers of tests/fuzz (clang)" OFF)

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# Seen by every target, generated ones too.
add_compile_definitions(_GNU_SOURCE)
if(STEPDEN_SANITIZE)
  add_compile_options(-fsanitize=address -fsanitize=undefined
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address -fsanitize=undefined)
endif()
if(STEPDEN_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# What makes a fault harder to use, in programs and libraries alike;
# tests/integration/hardening_test.sh looks at what came out. Fortified calls
# need optimisation, and the sanitizers have checks of their own in their place.
include(CheckPIESupported)
check_pie_supported()
add_compile_options(-fstack-protector-strong -fstack-clash-protection)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|i.86")
  add_compile_options(-fcf-protection)
elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
  add_compile_options(-mbranch-protection=standard)
endif()
if(NOT STEPDEN_SANITIZE)
  add_compile_options("$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:\
-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3>")
endif()
add_link_options(LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)

# The flags of code that people write; generated code is compiled with -w.
add_library(stepden_flags INTERFACE)
target_compile_options(stepden_flags INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Werror)

# One module of src/: a static library stepden_NAME that sees include/ and
# src/, and links only what its line names.
function(stepden_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(stepden_${name} STATIC ${ARG_SOURCES})
  target_include_directories(stepden_${name}
    PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(stepden_${name}
    PUBLIC ${ARG_PUBLIC} PRIVATE stepden_flags ${ARG_PRIVATE})
endfunction()

# Files that SOURCE includes as FILE.inc, in the braces of an array.
function(stepden_embed source)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(script ${PROJECT_SOURCE_DIR}/tools/cmake/embed.cmake)
  foreach(path ${ARGN})
    get_filename_component(name ${path} NAME)
    add_custom_command(OUTPUT ${folder}/${name}.inc
      COMMAND ${CMAKE_COMMAND} -D FROM=${CMAKE_CURRENT_SOURCE_DIR}/${path}
        -D TO=${folder}/${name}.inc -P ${script}
      DEPENDS ${path} ${script}
      VERBATIM)
    set_property(SOURCE ${source} APPEND PROPERTY
      OBJECT_DEPENDS ${folder}/${name}.inc)
  endforeach()
  set_property(SOURCE ${source} APPEND PROPERTY INCLUDE_DIRECTORIES ${folder})
endfunction()

function(stepden_program name)
  cmake_parse_arguments(ARG "" "INSTALL" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE stepden_flags ${ARG_LINKS})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  if(ARG_INSTALL)
    install(TARGETS ${name}
      RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${ARG_INSTALL})
  endif()
endfunction()

# The Check program tests/unit/MODULE/FILE_test.c, as ctest unit/MODULE/FILE.
function(stepden_test path)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  string(REPLACE "/" "_" target unit_${path})
  add_executable(${target} ${PROJECT_SOURCE_DIR}/tests/unit/${path}_test.c)
  target_link_libraries(${target}
    PRIVATE stepden_flags PkgConfig::CHECK ${ARG_LINKS})
  add_test(NAME unit/${path} COMMAND ${target})
endfunction()
