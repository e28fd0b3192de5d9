#include "engine/chat/family_defaults.h"

namespace lemma::engine {

SamplingParameters recommendedSampling(TemplateFamily family)
{
    SamplingParameters parameters; // those of R1
    parameters.temperature = 0.6f;
    parameters.topP = 0.95f;
    switch (family) {
    case TemplateFamily::DeepSeekR1DistillQwen:
    case TemplateFamily::DeepSeekR1DistillLlama:
    case TemplateFamily::DeepSeekR1:
    case TemplateFamily::DeepSeekR1LlamaCpp:
    case TemplateFamily::R1Zero:
    case TemplateFamily::ChatMl: break;
    case TemplateFamily::Qwen3: parameters.topK = 20; break;
    case TemplateFamily::ChatMlQwen2:
    case TemplateFamily::ChatMlQwen25:
    case TemplateFamily::ChatMlQwen25Math:
        parameters.temperature = 0.7f;
        parameters.topP = 0.8f;
        parameters.topK = 20;
        parameters.repetitionPenalty = 1.05f;
        break;
    case TemplateFamily::ChatMlSmolLm2:
        parameters.temperature = 0.2f;
        parameters.topP = 0.9f;
        break;
    case TemplateFamily::Llama3:
    case TemplateFamily::Llama31: parameters.topP = 0.9f; break;
    }
    return parameters;
}

} // namespace lemma::engine
