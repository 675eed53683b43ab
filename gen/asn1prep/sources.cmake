# Shared by the target of this folder and by asn1/, which builds the tool
# while CMake configures.
set(ASN1PREP_SOURCES
  assignment.c
  condition.c
  constraint.c
  cursor.c
  emit.c
  emit_condition.c
  emit_notes.c
  lexer.c
  main.c
  memory.c
  module.c
  notes.c
  release.c
  report.c
  type.c
  unit.c
)
list(TRANSFORM ASN1PREP_SOURCES PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
file(GLOB ASN1PREP_HEADERS CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.h)
