#pragma once
// Repacks rows of a quantised matrix into one tile of tile_format.h.

#include "kernels/cpu/tile_format.h"

namespace lemma::kernels::cpu {

// `source`: the first row of the tile in the file's layout. `rows` rows exist (at most tileRows); the rest of the tile
// becomes zero weights. `tile` has columns / blockColumns * blockBytes(tileRows) bytes.
void packTile(TensorType type, const std::byte* source, std::int64_t rows, std::int64_t columns, int tileRows,
              std::byte* tile);

} // namespace lemma::kernels::cpu
