// Extraction of code from any bytes: no crash, no hang, and what comes out keeps its promises.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "assistant/extract/file_name.h"
#include "assistant/extract/program.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lemma::assistant;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    for (const ProgramWanted& wanted : {ProgramWanted{"python", "add"}, ProgramWanted{"cpp", ""}}) {
        const Extraction found = extractProgram(text, wanted);
        if ((found.status == ExtractionStatus::Found) != !found.files.empty())
            std::abort();
        for (const ProgramFile& file : found.files) {
            if (!file.path.empty() && !isSafeFileName(file.path))
                std::abort();
        }
    }
    return 0;
}
