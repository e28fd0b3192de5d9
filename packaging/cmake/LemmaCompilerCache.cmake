# ccache, where installed, with paths made relative so that clones in different folders share results.
find_program(LEMMA_CCACHE ccache)
mark_as_advanced(LEMMA_CCACHE)
if(LEMMA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros ${LEMMA_CCACHE})
endif()
