#pragma once
// The sandbox of this build, for tests that judge programs.

#include <QTest>
#include <memory>

#include "assistant/sandbox/sandbox.h"
#include "tests/assistant/sandbox/sandbox_fixture.h"

namespace lemma::tests {

// Null, and a failed test, where the sandbox does not hold. Call it after reasonToSkipSandbox().
inline std::unique_ptr<assistant::Sandbox> testSandbox()
{
    assistant::ProbeOptions options;
    options.runner = sandboxRunner();
    options.useCache = false;
    auto sandbox = assistant::Sandbox::probe(options);
    if (!sandbox) {
        QTest::qFail(sandbox.error().message.c_str(), __FILE__, __LINE__);
        return nullptr;
    }
    return std::make_unique<assistant::Sandbox>(*std::move(sandbox));
}

} // namespace lemma::tests
