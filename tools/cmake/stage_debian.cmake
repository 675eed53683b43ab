# Run by CPack, before the packages are made of what is installed: adds what the
# Debian policy wants in them, and the configuration of the service.
set(stage ${CPACK_TEMPORARY_DIRECTORY})
set(version ${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})

function(compress)
  execute_process(COMMAND gzip -9nf ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

execute_process(COMMAND date --rfc-email "--date=@$ENV{SOURCE_DATE_EPOCH}"
  OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
file(READ ${CPACK_RESOURCE_FILE_LICENSE} license)
string(REGEX REPLACE "^[^\n]*\n\n[^\n]*\n\n" "" license "${license}")
string(REGEX REPLACE "\n\n" "\n.\n" license "${license}")
string(REGEX REPLACE "\n([^\n])" "\n \\1" license "\n${license}")

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} COMPONENT)
  set(name ${CPACK_DEBIAN_${COMPONENT}_PACKAGE_NAME})
  set(doc ${stage}/${component}/usr/share/doc/${name})
  configure_file(${CPACK_STEPDEN_DEBIAN}/copyright.in ${doc}/copyright @ONLY)
  configure_file(${CPACK_STEPDEN_DEBIAN}/changelog.in
    ${doc}/changelog.Debian @ONLY)
  configure_file(${CPACK_STEPDEN_DEBIAN}/../../../CHANGELOG.md ${doc}/changelog
    COPYONLY)
  file(GLOB pages ${stage}/${component}/usr/share/man/man*/*.[1-8])
  compress(${doc}/changelog.Debian ${doc}/changelog ${pages})
endforeach()

configure_file(${CPACK_STEPDEN_DEBIAN}/stepden.json
  ${stage}/service/etc/stepden/stepden.json COPYONLY)
