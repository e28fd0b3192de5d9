#include "assistant/sandbox/launcher.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "assistant/sandbox/channels.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

// Beyond the job's own limits: the start of the sandbox, its end, a busy machine.
constexpr milliseconds runnerPatience{20'000};
constexpr milliseconds cancelPatience{3'000};

// posix_spawn and not fork: the application has threads.
Result<pid_t> spawnRunner(const std::filesystem::path& runner, const Channels& channels)
{
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, channels.job.get(), jobDescriptor);
    ::posix_spawn_file_actions_adddup2(&actions, channels.output.theirs.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, channels.errors.theirs.get(), STDERR_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, channels.control.theirs.get(), controlDescriptor);
    if (channels.artifact)
        ::posix_spawn_file_actions_adddup2(&actions, channels.artifact.get(), artifactDescriptor);
    if (channels.input.theirs)
        ::posix_spawn_file_actions_adddup2(&actions, channels.input.theirs.get(), liveInputDescriptor);

    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t signals;
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes, &signals);
    ::sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&attributes, &signals);
    // A session of its own: Ctrl+C in the terminal is for the application, which then ends the runner.
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);

    std::string program = runner.string();
    std::string role = "run";
    std::array<char*, 3> arguments{program.data(), role.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    pid_t pid = -1;
    const int error = ::posix_spawn(&pid, program.c_str(), &actions, &attributes, arguments.data(), environment.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return fail(ErrorCode::Io, "cannot start " + program + ": " + std::strerror(error));
    return pid;
}

// Gathers the three streams of a runner until all are closed, and feeds a live stdin meanwhile.
class Collector {
public:
    Collector(Channels& channels, const LiveStreams& live, milliseconds patience)
        : m_channels(channels), m_live(live), m_deadline(steady_clock::now() + patience)
    {
    }

    // False: the runner did not end in time.
    bool collect()
    {
        enum : std::size_t { Output, Errors, Answer, Stop, InputWakeUp, Input };
        std::array<pollfd, 6> polled{pollfd{m_channels.output.ours.get(), POLLIN, 0},
                                     pollfd{m_channels.errors.ours.get(), POLLIN, 0},
                                     pollfd{m_channels.control.ours.get(), POLLIN, 0},
                                     pollfd{m_channels.stop.get(), POLLIN, 0},
                                     pollfd{m_live.input ? m_live.input->wakeUp() : -1, POLLIN, 0},
                                     pollfd{-1, POLLOUT, 0}};
        while (polled[Output].fd >= 0 || polled[Errors].fd >= 0 || polled[Answer].fd >= 0) {
            const auto left = std::chrono::ceil<milliseconds>(m_deadline - steady_clock::now()).count();
            if (left <= 0)
                return false;
            if (::poll(polled.data(), polled.size(), static_cast<int>(left)) < 0 && errno != EINTR)
                return false;
            gather(polled[Output], output, m_live.onOutput);
            gather(polled[Errors], errors, {});
            gather(polled[Answer], answer, {});
            if (polled[Stop].revents != 0) {
                ::shutdown(m_channels.control.ours.get(), SHUT_WR); // the runner takes it for "cancel"
                m_deadline = steady_clock::now() + cancelPatience;
                polled[Stop].fd = -1;
            }
            if (polled[InputWakeUp].revents != 0 || polled[Input].revents != 0)
                feed(polled[InputWakeUp], polled[Input]);
        }
        return true;
    }

    std::string output;
    std::string errors;
    std::string answer;

private:
    static void gather(pollfd& source, std::string& text, const std::function<void(std::string_view)>& onText)
    {
        if (source.fd < 0 || source.revents == 0)
            return;
        std::array<char, 65536> buffer;
        const ssize_t count = ::read(source.fd, buffer.data(), buffer.size());
        if (count > 0) {
            text.append(buffer.data(), static_cast<std::size_t>(count));
            if (onText)
                onText({buffer.data(), static_cast<std::size_t>(count)});
        } else if (count == 0 || errno != EINTR) {
            source.fd = -1;
        }
    }

    void feed(pollfd& wakeUp, pollfd& input)
    {
        const LiveInput::State state = m_live.input->pump(m_channels.input.ours.get());
        input.fd = state == LiveInput::State::Pending ? m_channels.input.ours.get() : -1;
        if (state == LiveInput::State::Finished) {
            wakeUp.fd = -1;
            m_channels.input.ours.reset();
        }
    }

    Channels& m_channels;
    const LiveStreams& m_live;
    steady_clock::time_point m_deadline;
};

} // namespace

Result<JobOutcome> runJob(const std::filesystem::path& runner, const Job& job, std::stop_token stop,
                          const LiveStreams& live)
{
    LEMMA_CHECK(validateJob(job));
    LEMMA_TRY(Channels channels, openChannels(job));
    LEMMA_TRY(const pid_t pid, spawnRunner(runner, channels));
    channels.job.reset();
    channels.output.theirs.reset();
    channels.errors.theirs.reset();
    channels.control.theirs.reset();
    channels.input.theirs.reset();

    Collector collector(channels, live, job.limits.wall + runnerPatience);
    bool ended = false;
    {
        const std::stop_callback onStop(stop, [&] { ::eventfd_write(channels.stop.get(), 1); });
        ended = collector.collect();
    }
    if (!ended)
        ::kill(pid, SIGKILL); // and bubblewrap dies with it
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (!ended)
        return fail(ErrorCode::Timeout, "the runner did not answer");
    if (WIFSIGNALED(status))
        return fail(ErrorCode::Io, "the runner was killed");
    JobOutcome outcome{{}, std::move(collector.output), std::move(collector.errors), contentsOf(channels.artifact)};
    LEMMA_TRY(outcome.result, decodeJobResult(collector.answer));
    return outcome;
}

} // namespace lemma::assistant
