# Writes the bytes of FROM into TO, for an array in C.
file(READ ${FROM} bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1,\n" bytes "${bytes}")
file(WRITE ${TO} "${bytes}")
