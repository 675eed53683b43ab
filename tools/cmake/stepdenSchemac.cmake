# stepden_schemac(TARGET SCHEMA... [PREFIX NAME] [INCLUDE PATH]
#                 [MAP URI=PATH...]
#                 [EMBED] [DOCUMENTS FOLDER] |
#                 VALIDATOR [FORMAT_ANNOTATION])
#
# Compiles JSON Schemas to C and adds the records to TARGET, a library or a
# program. Their names begin with PREFIX, and their headers are included as
# <PATH/record.h>; both are called after TARGET if they are not given. With
# EMBED a record comes with the texts of its schema and of a template. With
# DOCUMENTS its bundle, template and references are written as
# FOLDER/record.schema.json, .json, .md and .man, seen from the build folder;
# a file of definitions has none.
# With VALIDATOR schemas become functions that say valid or not, in
# <PATH/record_validate.h>. MAP tells where the documents of URIs are, seen from
# the source folder. A schema is compiled again when it changes, or one that it
# refers to, or schemac.
function(stepden_schemac target)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "EMBED;VALIDATOR;FORMAT_ANNOTATION"
    "PREFIX;INCLUDE;DOCUMENTS" "MAP")
  stepden_schemac_check("stepden_schemac(${target})"
    "${ARG_KEYWORDS_MISSING_VALUES}" ${ARG_UNPARSED_ARGUMENTS})
  if(NOT DEFINED ARG_PREFIX)
    string(MAKE_C_IDENTIFIER ${target} ARG_PREFIX)
    string(TOLOWER ${ARG_PREFIX} ARG_PREFIX)
  endif()
  if(NOT DEFINED ARG_INCLUDE)
    set(ARG_INCLUDE ${ARG_PREFIX})
  endif()
  set(include ${CMAKE_CURRENT_BINARY_DIR}/include)
  set(options --include ${ARG_INCLUDE})
  set(ending "")
  if(ARG_VALIDATOR)
    set(options --validator)
    set(ending _validate)
  endif()
  if(ARG_EMBED)
    list(APPEND options --embed)
  endif()
  if(ARG_FORMAT_ANNOTATION)
    list(APPEND options --format-annotation)
  endif()
  foreach(map ${ARG_MAP})
    string(REGEX REPLACE "=([^/=][^=]*)$" "=${CMAKE_CURRENT_SOURCE_DIR}/\\1"
      map ${map})
    list(APPEND options --map ${map})
  endforeach()
  file(MAKE_DIRECTORY ${include}/${ARG_INCLUDE})
  foreach(schema ${ARG_UNPARSED_ARGUMENTS})
    get_filename_component(schema ${schema} ABSOLUTE)
    stepden_schemac_name(name ${schema})
    set(record ${include}/${ARG_INCLUDE}/${name}${ending})
    stepden_schemac_documents(documents write "${ARG_DOCUMENTS}" ${name}
      ${schema})
    add_custom_command(
      OUTPUT ${record}.c ${record}.h ${documents}
      COMMAND stepden::schemac ${options} --prefix ${ARG_PREFIX} --name ${name}
        ${write}
        --header ${record}.h --source ${record}.c --depfile ${record}.d
        ${schema}
      DEPENDS stepden::schemac ${schema}
      DEPFILE ${record}.d
      COMMENT "Compiling schema ${name}"
      VERBATIM
    )
    target_sources(${target} PRIVATE ${record}.c ${record}.h)
  endforeach()
  target_include_directories(${target} SYSTEM PUBLIC
    $<BUILD_INTERFACE:${include}>)
  target_link_libraries(${target} PUBLIC stepden::json)
endfunction()

# Ends the configuration when there is a keyword without a value, no schema, or
# one that does not exist: a word that is not a keyword is one, too.
function(stepden_schemac_check call missing)
  if(missing)
    message(FATAL_ERROR "${call}: a value is missing after ${missing}")
  endif()
  if(NOT ARGN)
    message(FATAL_ERROR "${call}: a schema is missing")
  endif()
  foreach(schema ${ARGN})
    get_filename_component(path ${schema} ABSOLUTE)
    if(NOT EXISTS ${path} OR IS_DIRECTORY ${path})
      message(FATAL_ERROR
        "${call}: ${schema} is neither a keyword nor a file")
    endif()
  endforeach()
endfunction()

# The documents of the record NAME in FOLDER, and the options to write them;
# none without FOLDER, or when SCHEMA has definitions only.
function(stepden_schemac_documents files options folder name schema)
  set(all "")
  set(write "")
  set(type "")
  if(folder)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schema})
    file(READ ${schema} text)
    string(JSON type ERROR_VARIABLE error GET "${text}" type)
  endif()
  if(folder AND NOT type MATCHES "NOTFOUND$")
    get_filename_component(folder ${folder} ABSOLUTE
      BASE_DIR ${CMAKE_CURRENT_BINARY_DIR})
    file(MAKE_DIRECTORY ${folder})
    set(kinds bundle template markdown man)
    set(all .schema.json .json .md .man)
    list(TRANSFORM all PREPEND ${folder}/${name})
    foreach(kind file IN ZIP_LISTS kinds all)
      list(APPEND write --${kind} ${file})
    endforeach()
  endif()
  set(${files} ${all} PARENT_SCOPE)
  set(${options} ${write} PARENT_SCOPE)
endfunction()

# What schemac calls the record of a file: order_line for OrderLine.v1.json.
function(stepden_schemac_name result schema)
  get_filename_component(name ${schema} NAME_WE)
  string(REGEX REPLACE "([a-z0-9])([A-Z])" "\\1_\\2" name "${name}")
  string(REGEX REPLACE "([A-Z])([A-Z][a-z])" "\\1_\\2" name "${name}")
  string(REGEX REPLACE "[^A-Za-z0-9]" "_" name "${name}")
  string(TOLOWER "${name}" name)
  set(${result} ${name} PARENT_SCOPE)
endfunction()
