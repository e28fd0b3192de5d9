// What a model's header tells about it.
#include "engine/catalogue/installed_models.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <utility>

#include "engine/gguf/gguf_file.h"

namespace lemma::engine {
namespace {

// general.file_type: ggml-org/llama.cpp, include/llama.h (enum llama_ftype).
constexpr std::array<std::pair<int, std::string_view>, 33> fileTypes{{
    {0, "F32"},     {1, "F16"},     {2, "Q4_0"},     {3, "Q4_1"},    {7, "Q8_0"},    {8, "Q5_0"},    {9, "Q5_1"},
    {10, "Q2_K"},   {11, "Q3_K_S"}, {12, "Q3_K_M"},  {13, "Q3_K_L"}, {14, "Q4_K_S"}, {15, "Q4_K_M"}, {16, "Q5_K_S"},
    {17, "Q5_K_M"}, {18, "Q6_K"},   {19, "IQ2_XXS"}, {20, "IQ2_XS"}, {21, "Q2_K_S"}, {22, "IQ3_XS"}, {23, "IQ3_XXS"},
    {24, "IQ1_S"},  {25, "IQ4_NL"}, {26, "IQ3_S"},   {27, "IQ3_M"},  {28, "IQ2_S"},  {29, "IQ2_M"},  {30, "IQ4_XS"},
    {31, "IQ1_M"},  {32, "BF16"},   {36, "TQ1_0"},   {37, "TQ2_0"},  {38, "MXFP4"},
}};

// The type that most bytes of the tensors have.
kernels::TensorType dominantType(const GgufFile& file)
{
    std::map<kernels::TensorType, std::size_t> bytes;
    for (const TensorInfo& tensor : file.tensors())
        bytes[tensor.type] += tensor.data.size();
    const auto largest =
        std::max_element(bytes.begin(), bytes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return largest == bytes.end() ? kernels::TensorType::F32 : largest->first;
}

std::string quantizationOf(const GgufFile& file)
{
    if (const auto number = file.integer("general.file_type"))
        for (const auto& [type, name] : fileTypes)
            if (type == *number)
                return std::string(name);
    return std::string(kernels::tensorTypeInfo(dominantType(file)).name);
}

// "DeepSeek-R1-Distill", "r1 zero", but not "Mr1".
bool namesR1(std::string_view name)
{
    for (std::size_t i = 0; i + 1 < name.size(); ++i) {
        const bool r1 = (name[i] == 'r' || name[i] == 'R') && name[i + 1] == '1';
        const bool starts = i == 0 || !std::isalnum(static_cast<unsigned char>(name[i - 1]));
        const bool ends = i + 2 == name.size() || !std::isalnum(static_cast<unsigned char>(name[i + 2]));
        if (r1 && starts && ends)
            return true;
    }
    return false;
}

} // namespace

InstalledModel inspectModel(const std::filesystem::path& path)
{
    InstalledModel model;
    model.path = path;
    model.name = path.stem().string();
    const Result<GgufFile> file = GgufFile::open(path);
    if (!file) {
        model.problem = file.error();
        return model;
    }
    if (file->string("general.type") == "adapter") {
        model.problem = Error{ErrorCode::Unsupported, path.string() + " is an adapter: it goes with a model"};
        return model;
    }
    if (const auto name = file->string("general.name"); name && !name->empty())
        model.name = std::string(*name);
    model.architecture = std::string(file->string("general.architecture").value_or(""));
    model.quantization = quantizationOf(*file);
    model.bytes = file->fileSize();
    for (const TensorInfo& tensor : file->tensors())
        model.parameters += tensor.elementCount();
    model.contextLength = file->integer(model.architecture + ".context_length").value_or(0);
    const std::string_view chatTemplate = file->string("tokenizer.chat_template").value_or("");
    model.reasons =
        chatTemplate.find("</think>") != std::string_view::npos || namesR1(model.name) || namesR1(path.stem().string());
    return model;
}

} // namespace lemma::engine
