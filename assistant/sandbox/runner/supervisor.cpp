#include "assistant/sandbox/runner/supervisor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "assistant/sandbox/runner/landlock.h"
#include "assistant/sandbox/runner/process_tree.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds startLimit{10'000}; // for bubblewrap and the inner helper, on a very busy machine
constexpr milliseconds tick{10};

timespec toTimespec(milliseconds time)
{
    return {static_cast<time_t>(time.count() / 1000), static_cast<long>(time.count() % 1000) * 1'000'000};
}

FileDescriptor makeTimer() { return FileDescriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)); }

void readTimer(const FileDescriptor& timer)
{
    std::uint64_t expirations = 0;
    static_cast<void>(::read(timer.get(), &expirations, sizeof expirations) == 0);
}

} // namespace

Supervisor::Supervisor(const Job& job, int self) : m_job(job), m_self(self), m_budget{job.limits.keptOutputBytes, 0} {}

Result<> Supervisor::prepare()
{
    if (!canListChildren())
        return fail(ErrorCode::Unsupported, "this kernel does not list the children of a process");
    // Whatever the sandbox leaves behind becomes our child, and so can be found and ended.
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    ::signal(SIGPIPE, SIG_IGN);
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        ::sigaddset(&signals, signal);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    m_signals = FileDescriptor(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    m_clock = makeTimer();
    m_ticks = makeTimer();
    m_epoll = FileDescriptor(::epoll_create1(EPOLL_CLOEXEC));
    if (!m_signals || !m_clock || !m_ticks || !m_epoll)
        return fail(ErrorCode::Io, std::string("supervisor: ") + std::strerror(errno));
    return {};
}

void Supervisor::watch(int descriptor, std::uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    ::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, descriptor, &event);
}

void Supervisor::unwatch(int descriptor) { ::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, descriptor, nullptr); }

void Supervisor::armClock(milliseconds delay)
{
    const itimerspec when{{0, 0}, toTimespec(std::max(delay, milliseconds{1}))};
    ::timerfd_settime(m_clock.get(), 0, &when, nullptr);
}

JobResult Supervisor::run()
{
    m_startedAt = steady_clock::now();
    Result<> ready = prepare();
    if (ready) {
        Result<SandboxProcess> process = startSandbox(m_job, m_self);
        if (process)
            m_process = *std::move(process);
        else
            ready = fail(std::move(process).error());
    }
    if (!ready) {
        end(Ending::SandboxFailure, ready.error().message);
        killEverything();
        return result();
    }
    m_output = std::make_unique<OutputRelay>(std::move(m_process.output), STDOUT_FILENO, m_budget);
    m_errors = std::make_unique<OutputRelay>(std::move(m_process.errors), STDERR_FILENO, m_budget);
    m_availableAtStart = machineMemory().availableBytes;
    loop();
    m_endedAt = steady_clock::now();
    killEverything();
    while (m_inner.read(m_process.status.get())) { // nobody is left who could hold it open
    }
    for (OutputRelay* relay : {m_output.get(), m_errors.get()}) {
        relay->drain();
        relay->flushAll();
    }
    return result();
}

void Supervisor::loop()
{
    for (const int descriptor : {m_process.exited.get(), m_process.status.get(), m_output->source(), m_errors->source(),
                                 m_signals.get(), m_clock.get(), m_ticks.get()})
        watch(descriptor, EPOLLIN);
    watch(controlDescriptor, EPOLLRDHUP);
    armClock(startLimit);
    const itimerspec interval{toTimespec(tick), toTimespec(tick)};
    ::timerfd_settime(m_ticks.get(), 0, &interval, nullptr);

    std::array<epoll_event, 8> events;
    while (!m_exited && !m_forced) {
        const int count = ::epoll_wait(m_epoll.get(), events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < count; ++i)
            handle(events[static_cast<std::size_t>(i)].data.fd, events[static_cast<std::size_t>(i)].events);
    }
}

void Supervisor::handle(int source, std::uint32_t events)
{
    if (source == m_process.exited.get()) {
        m_exited = ::waitpid(m_process.pid, nullptr, 0) == m_process.pid;
    } else if (source == m_process.status.get()) {
        handleStatus();
    } else if (source == m_output->source()) {
        handleOutput(*m_output);
    } else if (source == m_errors->source()) {
        handleOutput(*m_errors);
    } else if (source == m_clock.get()) {
        handleClock();
    } else if (source == m_ticks.get()) {
        readTimer(m_ticks);
        checkUse();
    } else if (source == controlDescriptor) {
        if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0)
            end(Ending::Cancelled);
    } else if (source == m_signals.get()) {
        signalfd_siginfo info{};
        if (::read(m_signals.get(), &info, sizeof info) == sizeof info)
            end(Ending::Cancelled);
    }
}

void Supervisor::handleStatus()
{
    const bool wasStarted = m_inner.report().started;
    if (!m_inner.read(m_process.status.get()))
        unwatch(m_process.status.get());
    if (!wasStarted && m_inner.report().started) {
        m_startedAt = steady_clock::now();
        armClock(m_job.limits.wall);
    }
}

void Supervisor::handleOutput(OutputRelay& relay)
{
    if (!relay.read())
        unwatch(relay.source());
    relay.flush();
    if (m_budget.total > m_job.limits.killOutputBytes)
        end(Ending::Output);
}

void Supervisor::handleClock()
{
    readTimer(m_clock);
    if (m_inner.report().started)
        end(Ending::WallTime);
    else
        end(Ending::SandboxFailure, "the sandbox did not start in time");
}

void Supervisor::checkUse()
{
    m_output->flush();
    m_errors->flush();
    const std::vector<pid_t> processes = ownDescendants();
    const TreeUse use = measure(processes);
    m_cpu = std::max(m_cpu, use.cpu);
    if (m_inner.report().started && m_cpu > m_job.limits.cpu)
        return end(Ending::CpuTime);

    const std::uint64_t limit = m_job.limits.memoryBytes;
    const std::uint64_t memory = use.memoryBytes > limit ? exactMemory(processes) : use.memoryBytes;
    m_peakMemory = std::max(m_peakMemory, memory);
    // A process that is just being spawned shares all its memory with its parent for a moment and looks like a second
    // one: one look is not enough, unless it cannot be that.
    const bool over = memory > limit;
    if (over && (m_wasOverMemory || memory > 2 * limit))
        return end(Ending::Memory);
    m_wasOverMemory = over;

    // Memory that no process owns (socket buffers, page tables, inodes) shows in the machine's total only.
    const MachineMemory machine = machineMemory();
    const bool isScarce = machine.availableBytes < machine.totalBytes / 20;
    if (isScarce && machine.availableBytes + limit + m_job.limits.diskBytes < m_availableAtStart)
        end(Ending::Memory, "the machine itself ran short of memory");
}

void Supervisor::end(Ending ending, std::string detail)
{
    if (m_forced)
        return;
    m_forced = ending;
    m_detail = std::move(detail);
}

void Supervisor::killEverything()
{
    if (!endAllChildren())
        m_detail += " (something could not be ended)";
}

JobResult Supervisor::result() const
{
    const InnerReport& inner = m_inner.report();
    JobResult result;
    result.wall = inner.waitStatus ? inner.wall : duration_cast<microseconds>(m_endedAt - m_startedAt);
    result.cpu = std::max(m_cpu, inner.cpu);
    result.peakMemoryBytes = std::max(m_peakMemory, inner.peakMemoryBytes);
    result.outputBytes = m_budget.total;
    result.detail = m_detail;
    result.isolation = "bubblewrap namespaces, Landlock ABI " + std::to_string(landlockAbi()) + ", seccomp";
    if (m_forced) {
        result.ending = *m_forced;
    } else if (m_budget.total > m_job.limits.killOutputBytes) {
        result.ending = Ending::Output;
    } else if (inner.waitStatus && WIFEXITED(*inner.waitStatus)) {
        result.ending = Ending::Exited;
        result.exitCode = WEXITSTATUS(*inner.waitStatus);
    } else if (inner.waitStatus) {
        result.signal = WTERMSIG(*inner.waitStatus);
        const bool isCpu = result.signal == SIGXCPU || (result.signal == SIGKILL && result.cpu > m_job.limits.cpu);
        result.ending = isCpu ? Ending::CpuTime : Ending::Signalled;
    } else if (inner.started && inner.error.empty()) {
        // The program ended the helper that was waiting for it: kill(-1) does that.
        result.ending = Ending::Signalled;
        result.signal = SIGKILL;
        result.detail = "the program ended its own sandbox";
    } else {
        result.ending = Ending::SandboxFailure;
        result.detail = !inner.error.empty() ? inner.error : m_errors ? m_errors->head() : m_detail;
    }
    return result;
}

} // namespace lemma::assistant
