#pragma once
// Watches one sandbox from outside until it has ended, and sees to it that nothing of it is left.
//
// One thread, asleep in epoll: the end of the sandbox (pidfd), its output, the inner helper's reports, the clock
// (timerfd), a cancel from the application or its death (end of file on the control socket), a signal to stop. Only
// memory and CPU time of the tree must be looked at in intervals, 10 ms, because the kernel tells nobody without a
// cgroup.

#include <chrono>
#include <memory>
#include <optional>

#include "assistant/sandbox/file_descriptor.h"
#include "assistant/sandbox/job/job.h"
#include "assistant/sandbox/runner/inner_report.h"
#include "assistant/sandbox/runner/output_relay.h"
#include "assistant/sandbox/runner/sandbox_process.h"

namespace lemma::assistant {

class Supervisor {
public:
    // `self` is a descriptor of this executable (bubblewrap.h). Output goes to descriptors 1 and 2.
    Supervisor(const Job& job, int self);

    // Runs the job to its end. Called once. When it returns no process of the job is alive and all output is passed on.
    JobResult run();

private:
    engine::Result<> prepare();
    void loop();
    void handle(int source, std::uint32_t events);
    void watch(int descriptor, std::uint32_t events);
    void unwatch(int descriptor);
    void armClock(std::chrono::milliseconds delay);
    void handleStatus();
    void handleOutput(OutputRelay& relay);
    void handleClock();
    void checkUse();
    void end(Ending ending, std::string detail = {});
    void killEverything();
    JobResult result() const;

    const Job& m_job;
    int m_self;
    SandboxProcess m_process;
    OutputBudget m_budget;
    std::unique_ptr<OutputRelay> m_output;
    std::unique_ptr<OutputRelay> m_errors;
    InnerReportReader m_inner;
    FileDescriptor m_epoll;
    FileDescriptor m_signals;
    FileDescriptor m_clock;
    FileDescriptor m_ticks;
    std::optional<Ending> m_forced; // what we ended it for
    std::string m_detail;
    bool m_exited = false; // bubblewrap has
    bool m_wasOverMemory = false;
    std::uint64_t m_availableAtStart = 0;
    std::uint64_t m_peakMemory = 0;
    std::chrono::microseconds m_cpu{};
    std::chrono::steady_clock::time_point m_startedAt;
    std::chrono::steady_clock::time_point m_endedAt;
};

} // namespace lemma::assistant
