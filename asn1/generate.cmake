# ASN.1 to C while CMake configures, because only asn1c knows the names of the
# files it writes:
#
#   r1/*.asn, r2/*.asn --asn1prep--> R1.asn, R2.asn --asn1c--> raw/ --> generated/
#                          \---> R1_notes.c, R2_notes.c ----^
#
# generated/ receives only what has changed, so that only that is compiled.

# Stops with the output of a tool, which names file and line.
function(asn1_run what)
  execute_process(COMMAND ${ARGN}
    RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(NOT result EQUAL 0)
    string(REPLACE "\n" "\n  " text "${text}") # else CMake wraps it
    message(FATAL_ERROR "${what} failed:\n  ${text}")
  endif()
  string(REGEX MATCHALL "[^\n]*WARNING[^\n]*" warnings "${text}")
  foreach(warning IN LISTS warnings)
    message(WARNING "${what}: ${warning}")
  endforeach()
endfunction()

# asn1prep and runtime/ answer to the faults of this version.
function(asn1_check_version)
  execute_process(COMMAND ${ASN1C} -v OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(NOT text MATCHES "v0\\.9\\.28")
    message(FATAL_ERROR "${ASN1C} is not asn1c 0.9.28:\n${text}")
  endif()
endfunction()

function(asn1_build_prep tool)
  try_compile(is_built
    SOURCES ${ASN1PREP_SOURCES}
    COMPILE_DEFINITIONS -D_GNU_SOURCE
    OUTPUT_VARIABLE log
    COPY_FILE ${tool}
    C_STANDARD 11
    NO_CACHE)
  if(NOT is_built)
    message(FATAL_ERROR "asn1prep does not compile:\n${log}")
  endif()
endfunction()

# Makes `to` hold the files of `from`, touching only what differs.
function(asn1_mirror from to)
  file(MAKE_DIRECTORY ${to})
  file(GLOB names RELATIVE ${from} ${from}/*.[ch])
  list(REMOVE_ITEM names converter-sample.c)
  foreach(name IN LISTS names)
    file(COPY_FILE ${from}/${name} ${to}/${name} ONLY_IF_DIFFERENT)
  endforeach()
  file(GLOB old RELATIVE ${to} ${to}/*)
  list(REMOVE_ITEM old ${names})
  foreach(name IN LISTS old)
    file(REMOVE ${to}/${name})
  endforeach()
endfunction()

# Sets `result` to a hash over the names and the content of the files.
function(asn1_hash result)
  set(hashes)
  foreach(file IN LISTS ARGN)
    file(SHA256 ${file} hash)
    string(APPEND hashes "${hash} ${file}\n")
  endforeach()
  string(SHA256 hash "${hashes}")
  set(${result} ${hash} PARENT_SCOPE)
endfunction()

function(asn1_generate folder)
  file(REMOVE_RECURSE ${folder}/raw)
  file(MAKE_DIRECTORY ${folder}/raw)
  asn1_check_version()
  asn1_build_prep(${folder}/asn1prep)
  asn1_run(asn1prep ${folder}/asn1prep --prefix R1 --root DENM
    --output ${folder}/raw/R1.asn --notes ${folder}/raw/R1_notes.c
    ${ASN1_R1})
  asn1_run(asn1prep ${folder}/asn1prep --prefix R2 --root DENM
    --output ${folder}/raw/R2.asn --notes ${folder}/raw/R2_notes.c
    ${ASN1_R2})
  asn1_run("asn1c, in ${folder}/raw," ${CMAKE_COMMAND} -E chdir ${folder}/raw
    ${ASN1C} -gen-PER -fcompound-names R1.asn R2.asn)
  asn1_mirror(${folder}/raw ${folder}/generated)
endfunction()
