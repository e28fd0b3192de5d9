#include "kernels/reference/rope.h"

namespace lemma::kernels::reference {

void rope(RopePairing pairing, const RopeTarget& target, const float* cosine, const float* sine)
{
    const int pairs = target.dimensions / 2;
    const bool adjacent = pairing == RopePairing::Adjacent;
    for (std::int64_t t = 0; t < target.tokens; ++t) {
        for (int h = 0; h < target.heads; ++h) {
            float* head = target.values + t * target.tokenStride + h * target.headStride;
            for (int i = 0; i < pairs; ++i) {
                float& first = head[adjacent ? 2 * i : i];
                float& second = head[adjacent ? 2 * i + 1 : i + pairs];
                const float a = first;
                const float b = second;
                first = a * cosine[t * pairs + i] - b * sine[t * pairs + i];
                second = a * sine[t * pairs + i] + b * cosine[t * pairs + i];
            }
        }
    }
}

} // namespace lemma::kernels::reference
